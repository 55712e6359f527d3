#include "ui/drill/join_panel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <algorithm>
#include <map>

#include "ui/style/words.h"
#include "ui/table/data_table.h"

namespace fairlead::ui {

namespace {

/// "Police, police records" of "police/police_records".
QString sourceInWords(const std::string& dataset) {
    const std::size_t slash = dataset.find('/');
    if (slash == std::string::npos) {
        return text(dataset);
    }
    const QString agency = agencyInWords(dataset.substr(0, slash));
    const QString name = datasetInWords(dataset.substr(slash + 1));
    return agency == name ? agency : JoinPanel::tr("%1, %2").arg(agency, name);
}

QString bitsInWords(double bits) { return QString::asprintf("%+.1f", bits).replace(QLatin1Char('-'), QChar(0x2212)); }

QString reasonInWords(link::LinkKind kind) {
    if (kind == link::LinkKind::Decision) {
        return JoinPanel::tr("a reader's decision");
    }
    return kind == link::LinkKind::ExactIdentifier ? JoinPanel::tr("an identifier in common")
                                                   : JoinPanel::tr("the weight of the evidence");
}

}  // namespace

std::shared_ptr<const TableContent> joinTable(const workspace::JoinStory& story) {
    auto table = std::make_shared<TableContent>();
    table->columns = {{.title = JoinPanel::tr("Compared")},
                      {.title = JoinPanel::tr("Evidence in bits"), .isNumber = true},
                      {.title = JoinPanel::tr("Sum so far"), .isNumber = true},
                      {.title = JoinPanel::tr("Found"), .stretches = true}};
    if (!story.pair) {
        return table;
    }
    const auto& steps = story.pair->why.steps;
    double lowest = 0;
    double highest = 0;
    double sum = 0;
    for (const link::WaterfallStep& step : steps) {
        sum += step.bits + step.frequencyBits;
        lowest = std::min(lowest, sum);
        highest = std::max(highest, sum);
    }
    const double span = std::max(highest - lowest, 1.0);
    const auto place = [&](double bits) { return (bits - lowest) / span; };
    sum = 0;
    for (const link::WaterfallStep& step : steps) {
        const double bits = step.bits + step.frequencyBits;
        const QString found = step.frequencyBits == 0.0
                                  ? text(step.label)
                                  : (step.frequencyBits > 0 ? JoinPanel::tr("%1; a rare value (%2)")
                                                            : JoinPanel::tr("%1; a common value (%2)"))
                                        .arg(text(step.label), bitsInWords(step.frequencyBits));
        table->rows.push_back({{{text(step.title), static_cast<int>(table->rows.size())},
                                {bitsInWords(bits), bits, FloatingBar{place(sum), place(sum + bits), place(0)}},
                                {bitsInWords(sum + bits), sum + bits},
                                {found}}});
        sum += bits;
    }
    return table;
}

QString joinInWords(const workspace::JoinStory& story) {
    const QString record = sourceInWords(story.dataset);
    if (!story.pair) {
        return JoinPanel::tr("This record (%1) stands alone: no other record was found to be the same person's.")
            .arg(record);
    }
    const workspace::PairStory& pair = *story.pair;
    QStringList sentences{
        JoinPanel::tr("This record (%1) is tied most firmly to one of: %2.").arg(record, sourceInWords(pair.b.dataset)),
        text(pair.verdict.sentence), text(pair.why.sentence)};
    if (pair.why.twinFlag) {
        sentences << JoinPanel::tr("Look twice: surname, birth date and address agree, as with twins.");
    }
    if (!pair.modelOfTheRun) {
        sentences << JoinPanel::tr(
            "The last run used another model than the one in use now: its links may weigh "
            "otherwise.");
    }
    sentences << JoinPanel::tr("One bit more doubles the odds that the two records are one person's.");
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

QString personInWords(const workspace::JoinStory& story) {
    if (!story.pair) {
        return {};
    }
    std::map<QString, int> count{{sourceInWords(story.dataset), 1}};
    for (const std::string& other : story.others) {
        ++count[sourceInWords(other)];
    }
    QStringList records;
    for (const auto& [source, times] : count) {
        records << (times == 1 ? source : JoinPanel::tr("%1 (%2)").arg(source).arg(times));
    }
    QStringList lines{JoinPanel::tr("%1 records are this person's: %2. How they came together:")
                          .arg(story.others.size() + 1)
                          .arg(records.join(QStringLiteral("; ")))};
    int step = 0;
    for (const workspace::PersonStep& joined : story.pair->how) {
        lines << JoinPanel::tr("%1. %2 with %3, by %4 (%5 bits)")
                     .arg(++step)
                     .arg(sourceInWords(joined.datasetA), sourceInWords(joined.datasetB),
                          reasonInWords(joined.step.link.kind), bitsInWords(joined.step.link.bits));
    }
    return lines.join(QLatin1Char('\n'));
}

JoinPanel::JoinPanel(QWidget* parent)
    : Card(parent),
      m_ask(new QPushButton(tr("Show how it joined"))),
      m_decide(new QPushButton(tr("Decide about this pair…"))),
      m_words(new TextLabel(QString(), TextRole::Body)),
      m_steps(new DataTable(tr("Evidence that ties this record to the pupil"))),
      m_person(new TextLabel(QString(), TextRole::Note, Ink::Secondary)) {
    m_ask->setToolTip(tr("Why this record is taken for this pupil's, step by step (Ctrl+J)"));
    m_words->wrap();
    m_person->wrap();
    auto* top = new QHBoxLayout;
    top->addWidget(new TextLabel(tr("How this row joined this pupil"), TextRole::CardTitle), 1);
    top->addWidget(m_ask);
    top->addWidget(m_decide);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 10);
    column->setSpacing(6);
    column->addLayout(top);
    column->addWidget(m_words);
    column->addWidget(m_steps);
    column->addWidget(m_person);
    m_decide->setToolTip(
        tr("Whether this record and the one it is tied to are one person: their fields are read first"));
    connect(m_ask, &QPushButton::clicked, this, &JoinPanel::requested);
    connect(m_decide, &QPushButton::clicked, this, [this] {
        if (m_pair) {
            emit decisionRequested(m_pair->first, m_pair->second);
        }
    });
    clear();
}

void JoinPanel::offerDecisions(bool offered) { m_offersDecisions = offered; }

void JoinPanel::clear() {
    m_ask->show();
    m_decide->hide();
    m_pair.reset();
    m_words->setText(tr("Asking for link evidence is written to the audit log. Nobody is named in it."));
    m_steps->hide();
    m_person->hide();
}

void JoinPanel::setStory(const workspace::JoinStory& story) {
    const bool hadFocus = m_ask->hasFocus();
    m_ask->hide();
    if (story.pair) {
        m_pair = {story.pair->a.id, story.pair->b.id};
    }
    m_decide->setVisible(m_offersDecisions && m_pair);
    m_words->setText(joinInWords(story));
    m_steps->setContent(joinTable(story));
    m_steps->setVisible(story.pair.has_value());
    // A long text may need the bar to scroll sideways: it must not cover the last step.
    m_steps->setFixedHeight(m_steps->heightForRows(static_cast<int>(m_steps->content().rows.size())) + 4 +
                            m_steps->horizontalScrollBar()->sizeHint().height());
    m_person->setText(personInWords(story));
    m_person->setVisible(story.pair.has_value());
    if (hadFocus) {
        region()->setFocus(Qt::OtherFocusReason);
    }
}

QWidget* JoinPanel::region() const { return m_steps->isVisibleTo(this) ? static_cast<QWidget*>(m_steps) : m_ask; }

}  // namespace fairlead::ui
