#include "ui/governance/decision_dialogs.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>

#include "core/workspace/reveal.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

using release::Verdict;

constexpr std::array kVerdicts = {Verdict::Same, Verdict::Different, Verdict::Unsure};

QString reasonMissing(const QLineEdit* reason) {
    return reason->text().trimmed().toStdString().size() < workspace::kShortestReason
               ? DecisionDialog::tr("Say why, in %1 characters or more.").arg(workspace::kShortestReason)
               : QString();
}

QString numbersOf(record::SourcePersonId a, record::SourcePersonId b) {
    return DecisionDialog::tr("records %1 and %2").arg(QString::number(a.value), QString::number(b.value));
}

}  // namespace

QString verdictInWords(Verdict verdict) {
    switch (verdict) {
        case Verdict::Same: return DecisionDialog::tr("One person");
        case Verdict::Different: return DecisionDialog::tr("Different people");
        case Verdict::Unsure: return DecisionDialog::tr("Cannot say");
    }
    return {};
}

DecisionDialog::DecisionDialog(const release::PairFields& pair, const std::string& reader, QWidget* parent)
    : PairForm({tr("Decide about two records"),
                tr("About %1. One person: the next linkage run joins them. Different people, or cannot say: it keeps "
                   "them apart, and they wait for nobody any more. Until then no figure changes.")
                    .arg(numbersOf(pair.a.id, pair.b.id)),
                tr("Decide")},
               parent),
      m_pair(pair.pair),
      m_before(pair.decision),
      m_reason(new QLineEdit) {
    for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
        m_verdicts[i] = new QRadioButton(verdictInWords(kVerdicts[i]));
        add(m_verdicts[i]);
    }
    addField(tr("Why"), m_reason);
    if (m_before) {
        auto* before = new TextLabel(
            tr("Decided before, by %1: %2 (%3).")
                .arg(text(m_before->reader), verdictInWords(m_before->verdict).toLower(), text(m_before->reason)),
            TextRole::Body);
        before->wrap();
        add(before);
    }
    if (m_before && m_before->reader != reader) {
        m_overrules = new QCheckBox(tr("My decision takes the place of theirs"));
        add(m_overrules);
    }
    finish();
}

std::optional<Verdict> DecisionDialog::chosen() const {
    for (std::size_t i = 0; i < kVerdicts.size(); ++i) {
        if (m_verdicts[i]->isChecked()) {
            return kVerdicts[i];
        }
    }
    return std::nullopt;
}

QString DecisionDialog::missing() const {
    const auto verdict = chosen();
    if (!verdict) {
        return tr("Choose one of the three.");
    }
    if (const QString reason = reasonMissing(m_reason); !reason.isEmpty()) {
        return reason;
    }
    const bool isOther = m_before && m_before->verdict != *verdict;
    return m_overrules != nullptr && isOther && !m_overrules->isChecked()
               ? tr("%1 decided otherwise: tick that your decision takes its place, or leave theirs.")
                     .arg(text(m_before->reader))
               : QString();
}

void DecisionDialog::send() {
    release::DecisionWanted wanted{m_pair.a, m_pair.b, *chosen(), m_reason->text().trimmed().toStdString()};
    wanted.overrules = m_overrules != nullptr && m_overrules->isChecked();
    emit submitted({.decision = std::move(wanted)});
}

TakeBackDialog::TakeBackDialog(const release::Decision& decision, QWidget* parent)
    : PairForm({tr("Take a decision back"),
                tr("Decision %1 about %2, by %3: %4. From the next linkage run on it is as if it had not been taken; "
                   "it stays in the list.")
                    .arg(QString::number(decision.id), numbersOf(decision.a, decision.b), text(decision.reader),
                         verdictInWords(decision.verdict).toLower()),
                tr("Take back")},
               parent),
      m_number(decision.id),
      m_reason(new QLineEdit) {
    addField(tr("Why"), m_reason);
    finish();
}

QString TakeBackDialog::missing() const { return reasonMissing(m_reason); }

void TakeBackDialog::send() {
    emit submitted({.decision = {}, .number = m_number, .reason = m_reason->text().trimmed().toStdString()});
}

}  // namespace fairlead::ui
