package org.sentrydns.server.plugin;

/** Tells what a stranger's code throws from what nobody can go on after. */
public final class Fatal {
    private Fatal() {}

    /**
     * Throws it again if the virtual machine itself has failed, for instance for want of memory. A stack that was too deep is
     * empty again where this is called.
     */
    public static void rethrow(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
    }
}
