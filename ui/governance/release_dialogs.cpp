#include "ui/governance/release_dialogs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QIntValidator>
#include <QLineEdit>
#include <algorithm>

#include "core/workspace/reveal.h"
#include "ui/governance/release_tables.h"
#include "ui/governance/second_person.h"
#include "ui/style/date_field.h"
#include "ui/style/look.h"
#include "ui/style/text_label.h"
#include "ui/style/words.h"

namespace fairlead::ui {

namespace {

using Kind = ReleaseAct::Kind;

std::string typed(const QLineEdit* field) { return field->text().trimmed().toStdString(); }

bool isEmpty(const QLineEdit* field) { return field->text().trimmed().isEmpty(); }

QDateEdit* dayFrom(Date day) {
    QDateEdit* field = dateField();
    field->setDate(toQDate(day));
    return field;
}

/// Texts of law are long: the list is as narrow as its form and cuts them.
QComboBox* listOf(const std::vector<Choice>& choices) {
    auto* list = new QComboBox;
    list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list->setMinimumContentsLength(24);
    for (const Choice& choice : choices) {
        list->addItem(text(choice.words), text(choice.id));
    }
    return list;
}

std::string chosen(const QComboBox* list) { return list->currentData().toString().toStdString(); }

/// Users to whom names may be released, or who may be involved: somebody else, unless one person does everything.
std::vector<access::Principal> recipientsOf(const ReleasesContent& content) {
    std::vector<access::Principal> users;
    for (const access::Principal& user : content.who.users) {
        const bool isSelf = user.id == content.who.self && !content.mayBeAlone;
        if (user.active && !isSelf && access::allows(user.roles, access::Action::OpenReleased)) {
            users.push_back(user);
        }
    }
    return users;
}

QComboBox* listOfUsers(const std::vector<access::Principal>& users) {
    std::vector<Choice> choices;
    for (const access::Principal& user : users) {
        choices.push_back({user.name, user.name});
    }
    return listOf(choices);
}

/// Null for one person alone.
SecondPerson* secondFor(const ReleasesContent& content) {
    const QStringList people = allowedTo(access::Action::SecondRelease, content.who);
    return people.isEmpty() && content.mayBeAlone
               ? nullptr
               : new SecondPerson({ReleaseDialog::tr("Second person, who signs too"), people, !content.mayBeAlone});
}

}  // namespace

InvolvementDialog::InvolvementDialog(const ReleasesContent& content, QWidget* parent)
    : ReleaseForm({tr("Record an involvement"),
                   tr("Who works with which child, and where that is recorded. Names are released for involvements "
                      "alone. Write no name of a child here."),
                   tr("Record")},
                  parent),
      m_worker(listOfUsers(recipientsOf(content))),
      m_team(new QLineEdit),
      m_school(listOf(content.schools)),
      m_pupil(new QLineEdit),
      m_family(new QCheckBox(tr("With those recorded as the child's family"))),
      m_purpose(new QLineEdit),
      m_gateway(listOf(content.gateways)),
      m_from(dayFrom(content.today)),
      m_until(dayFrom(content.today + release::kLongestDays)),
      m_source(new QLineEdit) {
    addField(tr("Worker, a user of this workspace"), m_worker);
    addField(tr("Team"), m_team);
    addField(tr("School of the child"), m_school);
    addField(tr("The child there, as Pupil C"), m_pupil);
    add(m_family);
    addField(tr("What for, without names"), m_purpose);
    addField(tr("Legal gateway"), m_gateway);
    addField(tr("First day"), m_from);
    addField(tr("The day on which it is over"), m_until);
    addField(tr("Where it is recorded"), m_source);
    finish();
}

QString InvolvementDialog::missing() const {
    if (m_worker->count() == 0) {
        return tr("Nobody else may see names here: add a user first.");
    }
    if (isEmpty(m_team)) {
        return tr("Enter the team.");
    }
    if (m_school->count() == 0) {
        return tr("No school is loaded.");
    }
    if (isEmpty(m_pupil)) {
        return tr("Enter the letter that stands for the child on the school's pages.");
    }
    if (typed(m_purpose).size() < workspace::kShortestReason) {
        return tr("Say what for, in %1 characters or more.").arg(workspace::kShortestReason);
    }
    if (m_until->date() <= m_from->date()) {
        return tr("It is over before it begins: choose a later day.");
    }
    return isEmpty(m_source) ? tr("Say where the involvement is recorded.") : QString();
}

void InvolvementDialog::send() {
    ReleaseAct act{.kind = Kind::Involve};
    act.involvement.worker = chosen(m_worker);
    act.involvement.team = typed(m_team);
    act.involvement.coversFamily = m_family->isChecked();
    act.involvement.purpose = typed(m_purpose);
    act.involvement.gateway = chosen(m_gateway);
    act.involvement.days = {fromQDate(m_from->date()), fromQDate(m_until->date())};
    act.involvement.source = typed(m_source);
    act.school = {m_school->currentData().toLongLong()};
    act.pupil = typed(m_pupil);
    emit submitted(act);
}

ReleaseDialog::ReleaseDialog(const ReleasesContent& content, QWidget* parent)
    : ReleaseForm(
          {tr("Release names"),
           tr("The names of at most %1 people, to one user, for at most %2 days. Two people sign, and neither of "
              "them receives it. What is seen or copied by then cannot be taken back.")
               .arg(release::kMostChildren)
               .arg(release::kLongestDays),
           tr("Release")},
          parent),
      m_recipients(recipientsOf(content)),
      m_user(listOfUsers(m_recipients)),
      m_none(new TextLabel(tr("None. Record an involvement first."), TextRole::Body, Ink::Secondary)),
      m_until(dayFrom(content.today + 30)),
      m_budget(new QLineEdit),
      m_second(secondFor(content)) {
    addField(tr("To"), m_user);
    add(new TextLabel(tr("For the involvements of this user that run today"), TextRole::BodyStrong));
    for (const release::Involvement& one : content.involvements) {
        if (release::stateOf(one, content.today) != release::InvolvementState::Running) {
            continue;
        }
        auto* check =
            new QCheckBox(tr("%1: %2, %3, until %4")
                              .arg(number(one.id), text(one.team), childInWords(one), dateInWords(one.days.until)));
        check->setChecked(true);
        check->setAccessibleDescription(text(one.purpose));
        add(check);
        m_involvements.emplace_back(one, check);
    }
    add(m_none);
    addField(tr("The day on which it is over"), m_until);
    m_budget->setValidator(new QIntValidator(1, static_cast<int>(release::kLargestBudget), m_budget));
    m_budget->setPlaceholderText(tr("%1 for each of them").arg(release::kShownPerChild));
    addField(tr("How many names it may show in all, each once a sitting"), m_budget);
    if (m_second != nullptr) {
        add(m_second);
    }
    connect(m_user, &QComboBox::currentIndexChanged, this, &ReleaseDialog::showInvolvements);
    showInvolvements();
    finish();
}

void ReleaseDialog::showInvolvements() {
    const int at = m_user->currentIndex();
    bool none = true;
    for (const auto& [one, check] : m_involvements) {
        const bool theirs = at >= 0 && m_recipients[static_cast<std::size_t>(at)].id == one.worker;
        check->setVisible(theirs);
        none = none && !theirs;
    }
    m_none->setVisible(none);
}

QString ReleaseDialog::missing() const {
    if (m_user->count() == 0) {
        return tr("Nobody may receive names here: add a user first.");
    }
    const bool some = std::ranges::any_of(
        m_involvements, [](const auto& one) { return !one.second->isHidden() && one.second->isChecked(); });
    if (!some) {
        return tr("Names are released for involvements: choose one that runs today, or record it first.");
    }
    if (!m_budget->text().isEmpty() && !m_budget->hasAcceptableInput()) {
        return tr("Say how many names it may show in all: 1 to %1.").arg(number(release::kLargestBudget));
    }
    return m_second == nullptr ? QString() : m_second->missing();
}

void ReleaseDialog::send() {
    ReleaseAct act{.kind = Kind::Release};
    act.release.user = chosen(m_user);
    for (const auto& [one, check] : m_involvements) {
        if (!check->isHidden() && check->isChecked()) {
            act.release.involvements.push_back(one.id);
        }
    }
    act.release.until = fromQDate(m_until->date());
    act.release.budget = m_budget->text().toInt();  // Empty: 0, as many as usual.
    if (m_second != nullptr) {
        act.second = m_second->name();
        act.secondPassphrase = m_second->take();
    }
    emit submitted(act);
}

WithdrawDialog::WithdrawDialog(Kind kind, std::int64_t number, QWidget* parent)
    : ReleaseForm(
          {kind == Kind::Withdraw ? tr("Withdraw release %1").arg(number) : tr("Withdraw involvement %1").arg(number),
           kind == Kind::Withdraw
               ? tr("Its names open here no more. What was seen or copied cannot be taken back.")
               : tr("Every release that rests on it is withdrawn too, and none is made for it any more. What was "
                    "seen or copied cannot be taken back."),
           tr("Withdraw")},
          parent),
      m_kind(kind),
      m_number(number),
      m_reason(new QLineEdit) {
    addField(tr("Reason, for the audit log; no name of a child"), m_reason);
    finish();
}

QString WithdrawDialog::missing() const {
    return typed(m_reason).size() < workspace::kShortestReason
               ? tr("Give the reason in %1 characters or more.").arg(workspace::kShortestReason)
               : QString();
}

void WithdrawDialog::send() {
    ReleaseAct act{.kind = m_kind};
    act.number = m_number;
    act.reason = typed(m_reason);
    emit submitted(act);
}

}  // namespace fairlead::ui
