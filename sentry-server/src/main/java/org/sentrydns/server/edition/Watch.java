package org.sentrydns.server.edition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sentrydns.server.plugin.PluginHost;

/**
 * Tells when the files behind an edition have changed: the configuration and the plugin jars. Confined to one thread. They
 * are looked at again and again, which works on every file system and through symbolic links; a change counts when two looks
 * in a row are equal, since somebody may still be writing.
 */
public final class Watch {
    private final Path file;
    private List<String> served;
    private List<String> seen;

    /**
     * Takes the files as they are now for the ones that are served.
     *
     * @param file the configuration file
     * @param plugins the folder that it names
     */
    public Watch(Path file, Optional<Path> plugins) {
        this.file = file;
        this.served = look(plugins);
        this.seen = served;
    }

    /**
     * Looks once.
     *
     * @param plugins the folder that is served now
     * @return true once for each change that has settled
     */
    public boolean hasChanged(Optional<Path> plugins) {
        List<String> now = look(plugins);
        boolean settled = now.equals(seen);
        seen = now;
        if (!settled || now.equals(served)) {
            return false;
        }
        served = now;
        return true;
    }

    private List<String> look(Optional<Path> plugins) {
        List<String> looks = new ArrayList<>();
        for (Path folder : Edition.pluginFolders(plugins)) {
            try {
                PluginHost.jars(folder).forEach(jar -> looks.add(look(jar)));
            } catch (IOException | UncheckedIOException e) {
                looks.add(folder + " cannot be read");
            }
        }
        Collections.sort(looks);
        looks.add(look(file));
        return looks;
    }

    private static String look(Path path) {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return path + " " + now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (NoSuchFileException e) {
            return path + " is gone";
        } catch (IOException e) {
            return path + " cannot be read";
        }
    }
}
