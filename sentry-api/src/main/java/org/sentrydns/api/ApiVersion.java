package org.sentrydns.api;

/**
 * The version of this API, which is counted by itself (semver.org): the last number for what no plugin can notice, the
 * middle one for additions, the first one for changes that a plugin must follow. A plugin's manifest says
 * {@code Plugin-Requires: >=1.0.0 & <2.0.0}, and the server refuses those that do not fit.
 *
 * @since 1.0
 */
public final class ApiVersion {

    private ApiVersion() {}

    /**
     * The version that the running server has.
     *
     * @return three numbers
     * @since 1.0
     */
    public static String current() {
        return "1.2.0";
    }
}
