package example.upsidedown

import org.sentrydns.api.Outcome
import org.sentrydns.api.Rule
import org.sentrydns.api.RuleText
import org.sentrydns.api.RuleType
import org.xbill.DNS.TXTRecord

/** `upside-down S`: turns round the texts of the reply. */
class UpsideDown : RuleType {
    override fun verb() = "upside-down"

    override fun syntax() = "upside-down S"

    override fun compile(text: RuleText): Rule {
        text.end()
        val turned = Outcome.onReply { _, reply ->
            reply.map { record ->
                if (record is TXTRecord) {
                    TXTRecord(record.name, record.dClass, record.ttl, record.strings.map { it.reversed() })
                } else {
                    record
                }
            }
        }
        return Rule { turned }
    }
}
