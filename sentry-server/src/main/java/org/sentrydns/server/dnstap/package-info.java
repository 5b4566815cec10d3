/**
 * dnstap: queries and replies as bytes for existing collectors (https://dnstap.info), over Frame Streams.
 *
 * <p>In: a {@link org.sentrydns.server.observe.QueryEvent} for each query of a client, and the questions that go to
 * upstreams. Out: frames to a unix socket or a TCP port, which is connected again when it is lost. Queries never wait: what
 * does not fit is lost and counted.
 */
@NullMarked
package org.sentrydns.server.dnstap;

import org.jspecify.annotations.NullMarked;
