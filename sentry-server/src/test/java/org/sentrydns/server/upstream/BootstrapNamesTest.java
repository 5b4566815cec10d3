package org.sentrydns.server.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BootstrapNamesTest {
    private static BootstrapNames.Lookup finding(String address) {
        InetAddress found = address(address);
        return name -> List.of(found);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void forget_ofTheLastLookUp_leavesTheNameToTheSystem() {
        BootstrapNames.Lookup lookup = finding("192.0.2.1");
        BootstrapNames.register("forgotten.invalid", lookup);
        BootstrapNames.forget("Forgotten.Invalid", lookup);

        assertThrows(UnknownHostException.class, () -> InetAddress.getAllByName("forgotten.invalid"));
    }

    @Test
    void forget_ofALookUpThatAnotherFollowed_leavesThatOne() throws UnknownHostException {
        BootstrapNames.Lookup earlier = finding("192.0.2.1");
        BootstrapNames.register("moved.invalid", earlier);
        BootstrapNames.register("moved.invalid", finding("192.0.2.2"));
        BootstrapNames.forget("moved.invalid", earlier);

        assertArrayEquals(new InetAddress[] {address("192.0.2.2")}, InetAddress.getAllByName("moved.invalid"));
    }
}
