#include "ui/style/known_at_field.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDateEdit>
#include <QDateTime>
#include <QHBoxLayout>
#include <algorithm>

#include "ui/style/date_field.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

constexpr qlonglong kNow = 0;
constexpr qlonglong kOnDay = -1;

QVariant keyOf(qlonglong value) { return QVariant::fromValue(value); }

}  // namespace

QString knownAtInWords(const KnownAt& knownAt) {
    const auto* day = std::get_if<Date>(&knownAt);
    return day != nullptr
               ? QCoreApplication::translate("style", "the end of %1").arg(dateInWords(*day))
               : QCoreApplication::translate("style", "load %1").arg(number(std::get<record::LoadId>(knownAt).value));
}

QString withReading(const QString& words, const std::optional<KnownAt>& knownAt) {
    return knownAt ? QCoreApplication::translate("style", "%1 · as known at %2, not now")
                         .arg(words, knownAtInWords(*knownAt))
                   : words;
}

KnownAtField::KnownAtField(bool offersNow, const QString& name, QWidget* parent)
    : QWidget(parent), m_offersNow(offersNow), m_loads(new QComboBox), m_day(dateField()) {
    m_loads->setAccessibleName(name);
    m_loads->setToolTip(tr("What had been received and decided by then"));
    m_loads->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_day->setAccessibleName(tr("%1: at the end of").arg(name));
    m_day->setToolTip(tr("What had been received and decided by the end of this day"));
    m_day->hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_loads);
    row->addWidget(m_day);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setFocusProxy(m_loads);
    connect(m_loads, &QComboBox::currentIndexChanged, this, &KnownAtField::follow);
    connect(m_day, &QDateEdit::dateChanged, this, &KnownAtField::follow);
}

void KnownAtField::setChoice(const std::vector<LoadLine>& loads, const std::optional<KnownAt>& chosen) {
    m_filling = true;
    m_loads->clear();
    if (m_offersNow) {
        m_loads->addItem(tr("known now"), keyOf(kNow));
    }
    for (const LoadLine& line : loads) {
        m_loads->addItem(tr("known at load %1").arg(number(line.load.value)), keyOf(line.load.value));
        m_loads->setItemData(
            m_loads->count() - 1,
            tr("Taken in on %1, data to %2").arg(dateInWords(line.takenIn), dateInWords(line.dataAsAt)),
            Qt::ToolTipRole);
    }
    m_loads->addItem(tr("known on a day…"), keyOf(kOnDay));
    if (!loads.empty()) {
        // Before the first load nothing was known; a day that is still to come cannot be read.
        const QDate first = toQDate(loads.front().takenIn);
        const QDate last = std::max(toQDate(loads.back().takenIn), QDateTime::currentDateTimeUtc().date());
        const bool isFirstTime = m_day->date() < first;
        m_day->setDateRange(first, last);
        if (isFirstTime) {
            m_day->setDate(last);
        }
    }
    const auto* day = chosen ? std::get_if<Date>(&*chosen) : nullptr;
    const auto* load = chosen ? std::get_if<record::LoadId>(&*chosen) : nullptr;
    if (day != nullptr) {
        m_day->setDate(toQDate(*day));
    }
    m_loads->setCurrentIndex(m_loads->findData(keyOf(day != nullptr ? kOnDay : load != nullptr ? load->value : kNow)));
    m_day->setVisible(day != nullptr);
    m_filling = false;
}

std::optional<KnownAt> KnownAtField::choice() const {
    const qlonglong key = m_loads->currentData().toLongLong();
    if (key == kNow) {
        return std::nullopt;
    }
    return key == kOnDay ? KnownAt(fromQDate(m_day->date())) : KnownAt(record::LoadId{key});
}

void KnownAtField::follow() {
    if (m_filling) {
        return;
    }
    m_day->setVisible(m_loads->currentData().toLongLong() == kOnDay);
    emit changed();
}

}  // namespace fairlead::ui
