// The work behind the pages of the Desk: each function starts one task and says what happens to its result.

#include <QDateTime>
#include <QFileDialog>
#include <utility>

#include "ui/drill/compare_page.h"
#include "ui/drill/drill_page.h"
#include "ui/drill/pupil_page.h"
#include "ui/governance/retention_tables.h"
#include "ui/overview/list_page.h"
#include "ui/overview/overview_page.h"
#include "ui/overview/schools_page.h"
#include "ui/people/people_page.h"
#include "ui/quality/quality_page.h"
#include "ui/register/register_page.h"
#include "ui/shell/desk.h"
#include "ui/shell/governance.h"
#include "ui/shell/notice_bar.h"
#include "ui/sources/load_page.h"
#include "ui/sources/sources_page.h"
#include "ui/style/look.h"
#include "ui/style/words.h"

namespace fairlead::ui {

void Desk::begin() {
    if (const auto seenMs = m_session->seenAheadOfClock()) {
        const auto seen = QDateTime::fromMSecsSinceEpoch(*seenMs);
        m_notice->say(tr("The clock of this computer is behind: the audit log has seen %1. What ends by a day goes by "
                         "the later time; set the clock.")
                          .arg(seen.toString(QStringLiteral("dd/MM/yyyy HH:mm"))),
                      true);
    }
    if (!m_session->may(access::Action::ReadFigures)) {
        // Whoever looks after the workspace and not into the data begins at what they look after.
        m_governance->open(m_governance->first());
        return;
    }
    readSources(true);
    m_viewsRunner.start<std::vector<ViewLine>>(
        [session = m_session](TaskContext& task) { return session->views(task); },
        [this](Result<std::vector<ViewLine>> views) { takeViews(std::move(views)); });
}

void Desk::readSources(bool first) {
    using Content = std::shared_ptr<const SourcesContent>;
    m_sourcesRunner.start<Content>(
        [session = m_session](TaskContext& task) { return session->sources(task); },
        [this, first](Result<Content> result) {
            if (!result) {
                tell(result.error());
                return;
            }
            const SourcesContent& content = **result;
            m_sources->setSources(*result);
            m_asAt = content.defaultAsAt;
            const QString overdue = overdueInWords(content.overdue);
            emit statusChanged(
                (overdue.isEmpty() ? QString() : tr("%1 (Retention)   ·   ").arg(overdue)) +
                tr("Figures support professional judgement; no automated decision.   %1   ·   %2 links await a reader")
                    .arg(text(content.definitions), number(content.linksForReview)));
            if (content.persons > 0) {
                readSchools();
            }
            if (first && content.persons > 0) {
                show(m_schools);
            }
            if (first) {
                focusPage();
            }
        });
}

void Desk::readSchools() {
    using Content = std::shared_ptr<const SchoolsContent>;
    m_schoolsRunner.start<Content>(
        [session = m_session, asAt = m_asAt](TaskContext& task) { return session->schools(asAt, task); },
        [this](Result<Content> result) {
            if (!result) {
                tell(result.error());
                return;
            }
            m_schools->setSchools(std::move(*result));
        });
}

void Desk::readGlance() {
    using Content = std::shared_ptr<const SchoolsContent>;
    m_schools->setReading(true);
    m_glanceRunner.start<Content>([session = m_session, asAt = m_schools->content().asAt](
                                      TaskContext& task) { return session->glance(asAt, task); },
                                  [this](Result<Content> result) {
                                      m_schools->setReading(false);
                                      if (!result) {
                                          tell(result.error());
                                      } else if ((*result)->asAt == m_schools->content().asAt) {
                                          m_schools->setSchools(std::move(*result));
                                      }
                                  });
}

void Desk::openSchool(record::SchoolUrn school, std::optional<Date> asAt) {
    const std::string year = m_wantedView ? m_wantedView->yearGroup : std::string();
    requestOverview({school, asAt.value_or(m_asAt), year}, true);
}

void Desk::requestOverview(const OverviewRequest& request, bool go) {
    using Content = std::shared_ptr<const OverviewContent>;
    m_overviewRunner.start<Content>([session = m_session, request, reason = m_namesReason](
                                        TaskContext& task) { return session->overview(request, reason, task); },
                                    [this, request, go](Result<Content> result) {
                                        if (!result) {
                                            tell(result.error());
                                            return;
                                        }
                                        m_request = request;
                                        m_hasSchool = true;
                                        tellWithheld((*result)->namesWithheld);
                                        m_overview->setOverview(*result);
                                        m_new->setOverview(*result);
                                        m_families->setOverview(std::move(*result));
                                        readChange();
                                        m_peopleAreRead = false;
                                        if (page() == m_people) {
                                            readPeople();
                                        }
                                        fillNavigation();
                                        if (go) {
                                            show(m_overview);
                                        }
                                        applyWanted();
                                        emit pageChanged();
                                    });
}

void Desk::openFigure(const QString& figureId) { requestDrill({m_request, figureId.toStdString()}, true); }

void Desk::requestDrill(const DrillRequest& request, bool go) {
    using Content = std::shared_ptr<const DrillContent>;
    m_drillRunner.start<Content>([session = m_session, request, reason = m_namesReason](
                                     TaskContext& task) { return session->drill(request, reason, task); },
                                 [this, go](Result<Content> result) {
                                     if (!result) {
                                         tell(result.error());
                                         return;
                                     }
                                     tellWithheld((*result)->namesWithheld);
                                     m_drill->setDrill(std::move(*result));
                                     m_drill->setChange(m_change);
                                     go ? show(m_drill) : fillTrail();
                                 });
}

void Desk::askHowJoined() {
    if (page() == m_pupil) {
        m_pupil->askHowJoined();
    }
}

void Desk::toggleEvidence() { m_pupil->setEvidenceShown(!m_pupil->isEvidenceShown()); }

void Desk::requestJoin(record::PersonKey pupil, indicator::FactId fact) {
    using Story = std::shared_ptr<const workspace::JoinStory>;
    m_joinRunner.start<Story>(
        [session = m_session, pupil, fact](TaskContext& task) { return session->howJoined(pupil, fact, task); },
        [this, fact](Result<Story> result) {
            if (!result) {
                tell(result.error());
                return;
            }
            m_pupil->setJoin(fact, **result);
        });
}

void Desk::openPupil(record::PersonKey pupil) { requestPupil(m_request, pupil, true); }

void Desk::requestPupil(const OverviewRequest& request, record::PersonKey pupil, bool go) {
    using Content = std::shared_ptr<const PupilContent>;
    m_pupilRunner.start<Content>([session = m_session, request, pupil, reason = m_namesReason](
                                     TaskContext& task) { return session->pupil(request, pupil, reason, task); },
                                 [this, go](Result<Content> result) {
                                     if (!result) {
                                         tell(result.error());
                                         return;
                                     }
                                     tellWithheld((*result)->namesWithheld);
                                     m_pupil->setPupil(std::move(*result));
                                     go ? show(m_pupil) : fillTrail();
                                 });
}

void Desk::readQuality() {
    using Content = std::shared_ptr<const QualityContent>;
    m_qualityRunner.start<Content>([session = m_session](TaskContext& task) { return session->quality(task); },
                                   [this](Result<Content> result) {
                                       if (!result) {
                                           tell(result.error());
                                           return;
                                       }
                                       m_qualityIsRead = true;
                                       m_quality->setQuality(std::move(*result));
                                   });
}

void Desk::readRegister() {
    const auto mark = [this] {
        if (!m_wantedDefinition.isEmpty()) {
            m_register->showDefinition(std::exchange(m_wantedDefinition, {}));
        }
    };
    if (m_registerIsRead) {
        mark();
        return;
    }
    using Content = std::shared_ptr<const RegisterContent>;
    m_registerRunner.start<Content>([session = m_session](TaskContext& task) { return session->definitions(task); },
                                    [this, mark](Result<Content> result) {
                                        if (!result) {
                                            tell(result.error());
                                            return;
                                        }
                                        m_registerIsRead = true;
                                        m_register->setRegister(std::move(*result));
                                        mark();
                                    });
}

void Desk::toggleNames() {
    if (!hasOverview()) {
        return;
    }
    if (!m_namesReason.empty()) {
        m_namesReason.clear();
        refreshNames();
        return;
    }
    if (!m_reasonGiven.isEmpty()) {
        revealNames(m_reasonGiven);
        return;
    }
    auto* dialog = new ReasonDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReasonDialog::given, this, &Desk::revealNames);
    dialog->open();
}

void Desk::revealNames(const QString& reason) {
    m_reasonGiven = reason;
    m_namesReason = reason.toStdString();
    refreshNames();
}

void Desk::refreshNames() {
    requestOverview(m_request, false);
    if (m_compare->content() != nullptr) {
        requestCompare(m_compare->content()->request);
    }
    if (m_drill->content() != nullptr) {
        requestDrill({m_request, m_drill->content()->request.figureId}, false);
    }
    if (m_pupil->content() != nullptr) {
        requestPupil(m_request, m_pupil->content()->timeline.pupil, false);
    }
}

void Desk::chooseExtracts() {
    auto* dialog = new QFileDialog(this, tr("Load extracts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilter(tr("Sealed extracts (*.fxt)"));
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& names) {
        std::vector<std::filesystem::path> files;
        for (const QString& name : names) {
            files.push_back(pathOf(name));
        }
        preview(files);
    });
    dialog->open();
}

void Desk::preview(const std::vector<std::filesystem::path>& files) {
    using Content = std::shared_ptr<const PreviewContent>;
    show(m_sources);
    m_sources->setBusy(true);
    m_workRunner.setTitle(tr("Looking at files"));
    m_workRunner.start<Content>(
        [session = m_session, files](TaskContext& task) { return session->preview(files, task); },
        [this](Result<Content> result) {
            if (!result) {
                m_sources->showError(result.error());
                return;
            }
            m_loading->setPreview(std::move(*result));
            show(m_loading);
        });
}

void Desk::load(const std::vector<std::filesystem::path>& files) {
    show(m_sources);
    m_sources->setBusy(true);
    m_workRunner.setTitle(tr("Loading extracts"));
    m_workRunner.start<LoadOutcome>(
        [session = m_session, files](TaskContext& task) { return session->load(files, task); },
        [this](Result<LoadOutcome> result) {
            if (!result) {
                m_sources->showError(result.error());
                return;
            }
            m_registerIsRead = false;
            m_change.reset();
            m_qualityIsRead = false;
            m_sources->showLoaded(*result);
            readSources(false);
        });
}

void Desk::link() {
    show(m_sources);
    m_sources->setBusy(true);
    m_workRunner.setTitle(tr("Linking records"));
    m_workRunner.start<LinkOutcome>([session = m_session](TaskContext& task) { return session->link(task); },
                                    [this](Result<LinkOutcome> result) {
                                        if (!result) {
                                            m_sources->showError(result.error());
                                            return;
                                        }
                                        m_qualityIsRead = false;
                                        m_change.reset();
                                        m_sources->showLinked(*result);
                                        readSources(false);
                                        if (m_hasSchool) {
                                            requestOverview(m_request, false);
                                        }
                                    });
}

}  // namespace fairlead::ui
