package org.sentrydns.server.dnstap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A message in the encoding of protocol buffers, read back. */
record Fields(Map<Integer, Long> numbers, Map<Integer, byte[]> bytes) {

    static Fields of(byte[] message) {
        Fields fields = new Fields(new HashMap<>(), new HashMap<>());
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long key = varint(in);
            int field = (int) (key >> 3);
            switch ((int) (key & 7)) {
                case 0 -> fields.numbers.put(field, varint(in));
                case 2 -> {
                    byte[] value = new byte[(int) varint(in)];
                    in.get(value);
                    fields.bytes.put(field, value);
                }
                case 5 -> fields.numbers.put(field, (long) in.getInt());
                default -> throw new AssertionError("a kind of field that dnstap has not: " + key);
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    long number(int field) {
        return numbers.getOrDefault(field, -1L);
    }

    byte[] bytes(int field) {
        return bytes.getOrDefault(field, new byte[0]);
    }

    String text(int field) {
        return new String(bytes(field), StandardCharsets.UTF_8);
    }
}
