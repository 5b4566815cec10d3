package org.sentrydns.server.list;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * What a copy's small file says about it.
 *
 * @param address where the copy came from
 * @param size its bytes; with another number it is not the copy that this speaks of
 */
record Sidecar(String address, long size, Validators validators, Instant fetched) {

    /** Empty if there is none, or if somebody has damaged it: the copy is then still a list. */
    static Optional<Sidecar> read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            lines.load(reader);
            return Optional.of(new Sidecar(
                    lines.getProperty("address", ""),
                    Long.parseLong(lines.getProperty("size", "")),
                    new Validators(
                            Optional.ofNullable(lines.getProperty("etag")),
                            Optional.ofNullable(lines.getProperty("last_modified"))),
                    Instant.parse(lines.getProperty("fetched", ""))));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isAbout(URI source, long bytes) {
        return address.equals(source.toString()) && size == bytes;
    }

    byte[] bytes() throws IOException {
        Properties lines = new Properties();
        lines.setProperty("address", address);
        lines.setProperty("size", Long.toString(size));
        lines.setProperty("fetched", fetched.toString());
        validators.etag().ifPresent(value -> lines.setProperty("etag", value));
        validators.lastModified().ifPresent(value -> lines.setProperty("last_modified", value));
        StringWriter text = new StringWriter();
        lines.store(text, null);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
