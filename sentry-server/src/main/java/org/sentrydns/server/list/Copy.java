package org.sentrydns.server.list;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A list as it was downloaded.
 *
 * @param file its bytes, as they were sent
 * @param validators what the server gave with it; none if that is lost, or not certain to belong to it
 * @param fetched when it was downloaded, if that is known
 */
record Copy(Path file, Validators validators, Optional<Instant> fetched) {}
