package org.sentrydns.server.loop;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory in the form that {@link SystemCalls} take: some messages, each with the address it comes from or goes to. For one
 * thread at a time.
 *
 * <p>A message is a header (mmsghdr), pieces of data (iovec), an address (sockaddr_in or sockaddr_in6) and its bytes. The
 * offsets are those of Linux with 64 bits, whatever the processor. What is received and longer than {@link #LARGEST} goes on
 * in a place that all share: it is whole unless another such message comes behind it in the same call.
 */
final class MessageVector {
    /** In a call. */
    static final int MOST = 64;
    /** Bytes of a message that has a place of its own. RFC 6891 section 6.2.5 names 4,096 as what a client may go up to. */
    static final int LARGEST = 4096;

    private static final int HEADER = 64;
    private static final int ADDRESS_AT = 0;
    private static final int ADDRESS_LENGTH_AT = 8;
    private static final int PIECES_AT = 16;
    private static final int PIECES_COUNT_AT = 24;
    private static final int LENGTH_AT = 56;
    private static final int PIECE = 16;
    private static final int PIECE_LENGTH_AT = 8;
    private static final int ADDRESS = 32;
    private static final int IPV4_LENGTH = 16;
    private static final int IPV6_LENGTH = 28;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    /** A little more than the largest, so that the first lines of messages are not rivals for the same place in the cache. */
    private static final int SLOT = LARGEST + 64;

    private static final int PIECES = MOST * HEADER;
    private static final int PIECES_OF_A_MESSAGE = 2;
    private static final int ADDRESSES = PIECES + MOST * PIECES_OF_A_MESSAGE * PIECE;
    private static final int ERROR = ADDRESSES + MOST * ADDRESS;
    private static final int GATHERED = ERROR + 64;
    private static final int MESSAGES = GATHERED + MOST * HEADER;
    private static final int REST = MESSAGES + MOST * SLOT;
    private static final int REST_LENGTH = 65_535 - LARGEST;
    private static final int NONE = -1;

    private final ByteBuffer memory =
            ByteBuffer.allocateDirect(REST + REST_LENGTH).order(ByteOrder.nativeOrder());
    private final long start = SystemCalls.address(memory);
    private final Object error = SystemCalls.segment(memory.slice(ERROR, Integer.BYTES));
    /** The message whose rest is there. */
    private int restOf = NONE;

    MessageVector() {
        for (int i = 0; i < MOST; i++) {
            int header = i * HEADER;
            memory.putLong(header + ADDRESS_AT, start + address(i));
            memory.putLong(header + PIECES_AT, start + pieces(i));
            memory.putLong(header + PIECES_COUNT_AT, PIECES_OF_A_MESSAGE);
            putPiece(pieces(i), message(i), LARGEST);
            putPiece(pieces(i) + PIECE, REST, REST_LENGTH);
            memory.putInt(header + ADDRESS_LENGTH_AT, IPV6_LENGTH);
        }
    }

    private void putPiece(int piece, int at, int length) {
        memory.putLong(piece, start + at);
        memory.putLong(piece + PIECE_LENGTH_AT, length);
    }

    private static int pieces(int i) {
        return PIECES + i * PIECES_OF_A_MESSAGE * PIECE;
    }

    private static int address(int i) {
        return ADDRESSES + i * ADDRESS;
    }

    private static int message(int i) {
        return MESSAGES + i * SLOT;
    }

    /**
     * Takes messages that are there, without waiting.
     *
     * @return how many; if none, the error number with a minus before it
     */
    int receive(int descriptor) {
        int count = SystemCalls.receive(descriptor, start, MOST, error);
        restOf = NONE;
        for (int i = 0; i < count; i++) {
            memory.putInt(i * HEADER + ADDRESS_LENGTH_AT, IPV6_LENGTH); // for the next call, since this one has set it
            if (length(i) > LARGEST) {
                restOf = i;
            }
        }
        return count >= 0 ? count : -memory.getInt(ERROR);
    }

    private int length(int i) {
        return memory.getInt(i * HEADER + LENGTH_AT);
    }

    /** Whether a message that was received is whole. */
    boolean isWhole(int i) {
        return length(i) <= LARGEST || i == restOf;
    }

    /** The bytes of a whole message that was received. */
    byte[] bytes(int i) {
        byte[] bytes = new byte[length(i)];
        int first = Math.min(bytes.length, LARGEST);
        memory.get(message(i), bytes, 0, first);
        memory.get(REST, bytes, first, bytes.length - first);
        return bytes;
    }

    /** Where a message came from. */
    InetSocketAddress from(int i) {
        int at = address(i);
        boolean ipv4 = memory.getShort(at) == AF_INET;
        byte[] address = new byte[ipv4 ? 4 : 16];
        memory.get(ipv4 ? at + 4 : at + 8, address);
        try {
            int scope = ipv4 ? 0 : memory.getInt(at + 24);
            InetAddress host =
                    scope == 0 ? InetAddress.getByAddress(address) : Inet6Address.getByAddress(null, address, scope);
            return new InetSocketAddress(host, port(at));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of that length is no name", e);
        }
    }

    /** In the order of the network, whatever the processor's. */
    private int port(int at) {
        return (memory.get(at + 2) & 0xff) << 8 | (memory.get(at + 3) & 0xff);
    }

    /**
     * Writes a message that will be sent by a connected socket.
     *
     * @param bytes at most {@link #LARGEST}
     */
    void put(int i, byte[] bytes) {
        memory.put(message(i), bytes);
        memory.putLong(pieces(i) + PIECE_LENGTH_AT, bytes.length);
        memory.putLong(i * HEADER + PIECES_COUNT_AT, 1);
        memory.putInt(i * HEADER + ADDRESS_LENGTH_AT, 0);
    }

    /**
     * Writes a message that will be sent.
     *
     * @param bytes at most {@link #LARGEST}
     * @param ipv6 whether the socket is one of IPv6, where an IPv4 address has another form (RFC 4291 section 2.5.5.2)
     */
    void put(int i, byte[] bytes, InetSocketAddress to, boolean ipv6) {
        put(i, bytes);
        int at = address(i);
        memory.put(at + 2, (byte) (to.getPort() >> 8));
        memory.put(at + 3, (byte) to.getPort());
        byte[] address = to.getAddress().getAddress();
        memory.putInt(i * HEADER + ADDRESS_LENGTH_AT, ipv6 ? IPV6_LENGTH : IPV4_LENGTH);
        memory.putShort(at, ipv6 ? AF_INET6 : AF_INET);
        if (!ipv6) {
            memory.put(at + 4, address);
            return;
        }
        memory.putInt(at + 4, 0);
        if (to.getAddress() instanceof Inet4Address) {
            memory.putLong(at + 8, 0);
            memory.putShort(at + 16, (short) 0);
            memory.putShort(at + 18, (short) -1);
            memory.put(at + 20, address);
            memory.putInt(at + 24, 0);
        } else {
            memory.put(at + 8, address);
            memory.putInt(at + 24, ((Inet6Address) to.getAddress()).getScopeId());
        }
    }

    /** Takes a message that was put into the row of those that go out with one call. */
    void gather(int place, int i) {
        memory.put(GATHERED + place * HEADER, memory, i * HEADER, HEADER);
    }

    /** Sends that many of the row, from its first place on; how many were sent; if none, the error number with a minus before it. */
    int sendGathered(int descriptor, int count) {
        int sent = SystemCalls.send(descriptor, start + GATHERED, count, error);
        return sent >= 0 ? sent : -memory.getInt(ERROR);
    }
}
