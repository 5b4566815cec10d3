/**
 * The HTTP side: health, metrics, the API and the page.
 *
 * <p>In: {@link org.sentrydns.server.admin.Insight}, what there is to see, and {@link org.sentrydns.server.admin.Steering},
 * what there is to do. Out: an {@link org.sentrydns.server.admin.AdminServer} on the JDK's own HTTP server. Nothing here is
 * on a query's way, and nothing waits for a browser that is slow. Whatever changes something needs POST, the right Host,
 * and the token or a header that no foreign page can send.
 */
@NullMarked
package org.sentrydns.server.admin;

import org.jspecify.annotations.NullMarked;
