package org.sentrydns.server.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes as tests write them: hexadecimal digits, and text between quotes; spaces do not count. */
public final class Hex {
    private Hex() {}

    public static byte[] bytes(String text) {
        StringBuilder digits = new StringBuilder();
        String[] parts = text.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            digits.append(
                    i % 2 == 0
                            ? parts[i].replaceAll("\\s", "")
                            : HexFormat.of().formatHex(parts[i].getBytes(StandardCharsets.ISO_8859_1)));
        }
        return HexFormat.of().parseHex(digits);
    }

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
