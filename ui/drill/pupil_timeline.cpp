// The pupil's timeline of drill_tables.h.

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "ui/drill/drill_tables.h"
#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

using indicator::Group;
using indicator::TimelineSpell;

QString tr(const char* english) { return QCoreApplication::translate("timeline", english); }

/// The lanes, support first; a victim's events never stand with a suspect's.
enum class Lane { Support, Concerns, Concerned, Victim, Witness, Linked, Suspect, Education, Gaps };
constexpr std::size_t kLanes = 9;

QString titleOf(Lane lane) {
    switch (lane) {
        case Lane::Support: return tr("Support");
        case Lane::Concerns: return tr("Concerns");
        case Lane::Concerned: return tr("Events");
        case Lane::Victim: return tr("Events, as victim");
        case Lane::Witness: return tr("Events, as witness");
        case Lane::Linked: return tr("Events, linked person");
        case Lane::Suspect: return tr("Events, as suspect");
        case Lane::Education: return tr("Education");
        case Lane::Gaps: return tr("Not supplied");
    }
    return {};
}

Lane laneOf(record::Role role) {
    switch (role) {
        case record::Role::Subject: return Lane::Concerned;
        case record::Role::Victim: return Lane::Victim;
        case record::Role::Suspect: return Lane::Suspect;
        case record::Role::Witness: return Lane::Witness;
        case record::Role::Linked: return Lane::Linked;
    }
    return Lane::Concerned;
}

QString spanInWords(const Interval& days, Date asAt) {
    if (days.until > asAt) {
        return tr("since %1").arg(dateInWords(days.from));
    }
    return tr("%1 to %2").arg(dateInWords(days.from), dateInWords(days.until - 1));
}

/// Items of the lanes before empty lanes are left out.
class Collection {
public:
    explicit Collection(const PupilContent& content) : m_content(content) {
        const auto refs = evidenceOf(content.timeline);
        for (std::size_t i = 0; i < refs.size(); ++i) {
            m_places[{refs[i].spell, refs[i].line}] = i;
        }
    }

    void addSpell(std::size_t spell, Lane lane) {
        const TimelineSpell& about = m_content.timeline.spells[spell];
        const QString title = text(about.title);
        m_items.push_back({static_cast<int>(lane), about.days, title,
                           tr("%1, %2").arg(title, spanInWords(about.days, m_content.timeline.asAt)), false, false,
                           about.evidence.empty() ? QVariant() : keyOf(spell, 0)});
    }
    void addEvents(std::size_t spell) {
        const TimelineSpell& about = m_content.timeline.spells[spell];
        for (std::size_t line = 0; line < about.evidence.size(); ++line) {
            const indicator::EvidenceLine& fact = about.evidence[line];
            m_items.push_back({static_cast<int>(laneOf(fact.role)), fact.happened, text(about.title),
                               tr("%1, %2").arg(text(about.title), dateInWords(fact.happened.from)), true, false,
                               keyOf(spell, line)});
        }
    }
    void addGap(const indicator::SupplyGap& gap) {
        const QString agency = agencyInWords(gap.agency);
        m_items.push_back({static_cast<int>(Lane::Gaps),
                           gap.days,
                           agency,
                           tr("%1 supplied nothing, %2").arg(agency, spanInWords(gap.days, m_content.timeline.asAt)),
                           false,
                           true,
                           {}});
    }
    [[nodiscard]] std::shared_ptr<const TimelineContent> finish() && {
        auto timeline = std::make_shared<TimelineContent>();
        timeline->asAt = m_content.timeline.asAt;
        std::array<int, kLanes> places{};
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const bool used = std::ranges::find(m_items, static_cast<int>(lane), &TimelineItem::lane) != m_items.end();
            // Support stands there also when there is none: absence is shown.
            if (used || lane == static_cast<std::size_t>(Lane::Support)) {
                places[lane] = static_cast<int>(timeline->lanes.size());
                timeline->lanes << titleOf(static_cast<Lane>(lane));
            }
        }
        for (TimelineItem& item : m_items) {
            item.lane = places[static_cast<std::size_t>(item.lane)];
        }
        std::ranges::sort(m_items, [](const TimelineItem& a, const TimelineItem& b) {
            return std::tie(a.lane, a.days.from, a.spoken) < std::tie(b.lane, b.days.from, b.spoken);
        });
        timeline->items = std::move(m_items);
        return timeline;
    }

private:
    [[nodiscard]] QVariant keyOf(std::size_t spell, std::size_t line) const {
        return QVariant::fromValue<qulonglong>(m_places.at({spell, line}));
    }

    const PupilContent& m_content;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> m_places;
    std::vector<TimelineItem> m_items;
};

}  // namespace

std::shared_ptr<const TimelineContent> pupilTimeline(const PupilContent& content) {
    Collection items(content);
    for (std::size_t i = 0; i < content.timeline.spells.size(); ++i) {
        switch (content.timeline.spells[i].group) {
            case Group::ReceivingSupport: items.addSpell(i, Lane::Support); break;
            case Group::CurrentRisk: items.addSpell(i, Lane::Concerns); break;
            case Group::Events: items.addEvents(i); break;
            case Group::Education: items.addSpell(i, Lane::Education); break;
            case Group::AdultFamily: break;
        }
    }
    for (const indicator::SupplyGap& gap : content.timeline.gaps) {
        items.addGap(gap);
    }
    return std::move(items).finish();
}

}  // namespace fairlead::ui
