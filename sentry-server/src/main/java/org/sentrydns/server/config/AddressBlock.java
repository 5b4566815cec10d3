package org.sentrydns.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.xbill.DNS.Address;

/**
 * An address or a CIDR block, IPv4 or IPv6. Immutable.
 *
 * @param network its first address
 * @param prefixLength how many bits count
 */
public record AddressBlock(InetAddress network, int prefixLength) {

    /**
     * Reads {@code 192.168.1.20}, {@code 192.168.7.0/24} or {@code 2001:db8::/32}.
     *
     * @param text the text
     * @return the block, or empty if it is none, or has bits set behind its prefix
     */
    public static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = bytes(slash < 0 ? text : text.substring(0, slash));
        if (bytes == null) {
            return Optional.empty();
        }
        int prefix = slash < 0 ? bytes.length * 8 : prefix(text.substring(slash + 1));
        if (prefix < 0 || prefix > bytes.length * 8) {
            return Optional.empty();
        }
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                return Optional.empty();
            }
        }
        try {
            InetAddress network = InetAddress.getByAddress(bytes);
            // Java makes an IPv4 address of an IPv4-mapped one (::ffff:10.0.0.1).
            int mapped = (bytes.length - network.getAddress().length) * 8;
            return Optional.of(new AddressBlock(network, prefix - mapped));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes", e);
        }
    }

    /**
     * Reads an address alone.
     *
     * @return empty if it is none
     */
    public static Optional<InetAddress> address(String text) {
        return text.indexOf('/') < 0 ? parse(text).map(AddressBlock::network) : Optional.empty();
    }

    private static byte @org.jspecify.annotations.Nullable [] bytes(String address) {
        byte[] four = Address.toByteArray(address, Address.IPv4);
        return four != null ? four : Address.toByteArray(address, Address.IPv6);
    }

    private static int prefix(String digits) {
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : -1;
    }

    /**
     * Whether an address lies in this block.
     *
     * @param address IPv4 or IPv6
     * @return false as well for the other family
     */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefixLength / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & (0xff00 >> rest) & 0xff) == 0;
    }
}
