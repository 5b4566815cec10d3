package org.sentrydns.server.list;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What a file looks like from outside, behind symbolic links. Two equal looks: it has not changed in between.
 *
 * @param key tells a file from another that was moved to its name
 */
record Look(FileTime modified, long size, @Nullable Object key) {

    static Look at(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("it is no file");
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        return new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
}
