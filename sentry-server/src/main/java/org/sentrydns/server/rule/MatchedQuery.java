package org.sentrydns.server.rule;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.sentrydns.api.ListEntry;
import org.sentrydns.api.Query;
import org.sentrydns.api.Transport;
import org.xbill.DNS.Name;

/** A query as one rule sees it. Confined to one virtual thread. */
record MatchedQuery(Inquiry inquiry, Subject.Match match, boolean isRehearsal, boolean isShadow) implements Query {

    /** For a rule that is in force. */
    MatchedQuery(Inquiry inquiry, Subject.Match match, boolean isRehearsal) {
        this(inquiry, match, isRehearsal, false);
    }

    @Override
    public boolean isFollowed() {
        return inquiry.isFollowed();
    }

    @Override
    public Name name() {
        return inquiry.name();
    }

    @Override
    public Name askedName() {
        return inquiry.askedName();
    }

    @Override
    public int type() {
        return inquiry.type();
    }

    @Override
    public int dnsClass() {
        return inquiry.message().dnsClass();
    }

    @Override
    public InetSocketAddress client() {
        return inquiry.asker().client();
    }

    @Override
    public InetSocketAddress server() {
        return inquiry.asker().server();
    }

    @Override
    public Transport transport() {
        return inquiry.asker().transport();
    }

    @Override
    public boolean hasEdns() {
        return inquiry.message().edns().present();
    }

    @Override
    public Optional<String> group(int number) {
        return match.group(number);
    }

    @Override
    public Optional<ListEntry> listEntry() {
        return match.listEntry();
    }
}
