// Desk: the screen of an unlocked workspace: navigation, pages, and the work behind them. It lives as long as the
// workspace is unlocked; locking destroys it, and with it everything that it showed.

#pragma once

#include <QStackedWidget>
#include <QWidget>
#include <filesystem>
#include <memory>
#include <vector>

#include "ui/shell/session.h"
#include "ui/style/page.h"
#include "ui/task/task_runner.h"

class QVBoxLayout;

namespace fairlead::ui {

class ChartView;
class ComparePage;
class DataTable;
class DrillPage;
class Governance;
class HelpPage;
class JobsDialog;
class LearnPage;
class ListPage;
class LoadPage;
class Navigation;
class NoticeBar;
class OverviewPage;
class PeoplePage;
class PupilPage;
class QualityPage;
class RegisterPage;
class SchoolsPage;
class SourcesPage;
class Trail;
struct PaletteEntry;
struct TableSheet;

/// The pages of one session. Pages ask, the desk starts the work, and hands them the values.
class Desk final : public QWidget {
    Q_OBJECT

public:
    explicit Desk(std::shared_ptr<Session> session, QWidget* parent = nullptr);
    ~Desk() override;

    /// Reads what is supplied and the school list, and shows the schools (or the sources when nothing is loaded).
    void begin();
    /// Opens a school as at the workspace's own day, or as at `asAt`.
    void openSchool(record::SchoolUrn school, std::optional<Date> asAt = {});
    /// Opens the figure of the school that is open.
    void openFigure(const QString& figureId);
    /// Compares two dates of the school that is open, with a figure marked unless it is empty.
    void compareFigure(const QString& figureId);
    void openPupil(record::PersonKey pupil);  ///< Opens a pupil of the school that is open.
    void toggleEvidence();                    ///< Shows or hides what stands behind a pupil's record.
    [[nodiscard]] PupilPage& pupil() const { return *m_pupil; }  ///< The page of a pupil.
    /// Asks how the chosen record joined the pupil whose page is shown.
    void askHowJoined();
    /// Opens the first pupil behind the figure that is open.
    void openFirstPupil();
    /// The school with the most pupils on roll; urn 0 when there is none.
    [[nodiscard]] record::SchoolUrn largestSchool() const;
    /// The indicator with the most pupils in the overview that is open.
    [[nodiscard]] QString largestFigure() const;
    void back();     ///< Goes to the place the reader came from.
    void forward();  ///< Goes to the place the reader went back from.
    void up();       ///< Goes to the step before the last of the trail.
    /// Asks for a page, a school or something to do, and does it; `actions` are the window's.
    void openPalette(std::vector<PaletteEntry> actions);
    /// The views that are kept, by name.
    [[nodiscard]] const std::vector<ViewLine>& views() const { return m_views; }
    /// Asks for a name and keeps what is open as a view.
    void chooseViewName();
    /// Keeps what is open: page, school, year group and figure; not the day.
    void saveView(const QString& name);
    void removeView(const QString& name);  ///< Forgets a view.
    /// Opens a view as at the day of the workspace.
    void openView(const ViewLine& view);
    /// The first school that is opened is narrowed as the last session left it.
    void restoreFilters(const QString& yearGroup, const QString& figureId);
    /// The year group and the figure by which the overview is narrowed now; each may be empty.
    [[nodiscard]] std::pair<QString, QString> filters() const;
    /// Opens the handbook at the chapter of the page that is shown.
    void openHelp();
    void openLearning();  ///< The learning modules.
    void openChanges();   ///< What is new in the program.
    void showAudit();     ///< What was done in the workspace.
    void showUsers();     ///< Who may open it.
    /// What runs and what has ended.
    [[nodiscard]] JobsDialog& jobs() const { return *m_jobs; }
    /// The learning modules, whose record the window keeps.
    [[nodiscard]] LearnPage& learn() const { return *m_learn; }
    /// Opens the definition of the figure that has the focus, or of the one that is open.
    void openDefinition();
    /// Opens the definition of a figure.
    void openDefinitionOf(const QString& figureId);
    /// Reads the counts of every school for the list.
    void readGlance();
    /// Goes to the next (or previous) part of the screen.
    void nextRegion(bool forward);
    /// Asks for a reason and shows names, or hides them.
    void toggleNames();
    /// Shows names for a reason that somebody gave.
    void revealNames(const QString& reason);
    /// Asks for extract files and shows what they would bring.
    void chooseExtracts();
    /// Shows what these files would bring.
    void preview(const std::vector<std::filesystem::path>& files);
    void load(const std::vector<std::filesystem::path>& files);  ///< Loads these files.
    void link();                                                 ///< Links everything that is loaded.
    void chooseBriefing();  ///< Asks for a file name and writes the DRAFT briefing.
    /// Writes the DRAFT briefing of the overview that is open.
    void writeBriefing(const std::filesystem::path& file);

    /// Writes a table of the page that is open as CSV.
    void writeTable(const TableSheet& sheet, const std::filesystem::path& file);
    void copyPicture(ChartView& chart);  ///< A chart with its marking and day, on the clipboard.
    void writePicture(ChartView& chart, const std::filesystem::path& file);  ///< The same as a PNG file.

    void toggleJobs();    ///< Opens or closes the list of jobs.
    void showSchools();   ///< The school list.
    void showOverview();  ///< The overview, when a school is open.
    void showSources();   ///< The deliveries.
    void showNew();       ///< New indicators, when a school is open.
    void showFamilies();  ///< Families, when a school is open.
    void showPeople();    ///< The roll, when a school is open.
    void showRegister();  ///< The indicators' definitions.
    void showQuality();   ///< How good what was supplied is.
    void showCompare();   ///< Two dates, when a school is open; the figure that is open is marked.

    /// Every table of the pages.
    [[nodiscard]] std::vector<DataTable*> tables() const;
    /// The steps above the page, for tests: "Schools › Bristol Secondary School".
    [[nodiscard]] QString trail() const;

    /// The page that is shown.
    [[nodiscard]] Page* page() const;
    /// True while any work runs.
    [[nodiscard]] bool isBusy() const;
    /// True once a school's overview has been read.
    [[nodiscard]] bool hasOverview() const;
    /// Puts the focus where the page wants it.
    void focusPage() const;

signals:
    /// For the status bar.
    void statusChanged(const QString& words);
    /// Another page is shown, or a school was opened: menus follow.
    void pageChanged();

private:
    /// Where a reader was.
    struct Place {
        Page* page = nullptr;
        OverviewRequest request;
        std::string figure;
        record::PersonKey pupil;
    };

    void build();
    QVBoxLayout* followJobs();
    void connectPages();
    void show(Page* page);
    void goTo(const QModelIndex& entry);
    void fillNavigation();
    void fillTrail();
    [[nodiscard]] bool isOfSchool() const;
    [[nodiscard]] Place here() const;
    void arrive(const Place& place);
    void setPage(Page* page);
    void readSources(bool first);
    void readSchools();
    void chooseTableFile(const TableSheet& sheet);
    void choosePictureFile(ChartView& chart);
    void writeFile(const std::function<TableFile()>& make, const QString& said);
    [[nodiscard]] QStringList fileHead() const;
    void requestOverview(const OverviewRequest& request, bool go);
    void requestDrill(const DrillRequest& request, bool go);
    void requestJoin(record::PersonKey pupil, indicator::FactId fact);
    void requestPupil(const OverviewRequest& request, record::PersonKey pupil, bool go);
    static CompareRequest comparisonOf(const OverviewRequest& request);
    void applyWanted();
    void takeViews(Result<std::vector<ViewLine>> views);
    [[nodiscard]] std::vector<std::pair<const char*, Page*>> viewPages() const;
    void readChange();
    void applyChange();
    void requestCompare(const CompareRequest& request);
    void readPeople();
    void readQuality();
    void readRegister();
    void refreshNames();
    void tell(const Error& error);
    void tellWithheld(const NamesWithheld& names);

    std::shared_ptr<Session> m_session;
    Date m_asAt = Date::beginning();
    OverviewRequest m_request;
    bool m_hasSchool = false;
    std::string m_namesReason;      ///< Empty: pseudonyms.
    QString m_reasonGiven;          ///< Asked once a sitting; every reveal is on record with it.
    bool m_registerIsRead = false;  ///< Loading may bring definitions.
    bool m_qualityIsRead = false;   ///< Loading and linking change it.
    bool m_peopleAreRead = false;   ///< Of the overview that is open.
    QString m_wantedDefinition;     ///< To be marked once the register is read.
    std::vector<ViewLine> m_views;
    std::optional<ViewLine> m_wantedView;  ///< To be applied to the next overview.
    std::vector<Place> m_past;
    std::vector<Place> m_future;

    bool m_changeIsOfNow = false;                    ///< m_change ends at what is known now.
    std::shared_ptr<const CompareContent> m_change;  ///< The month's end before against the day of the overview.

    TaskRunner m_sourcesRunner, m_schoolsRunner, m_glanceRunner, m_overviewRunner, m_drillRunner, m_changeRunner,
        m_compareRunner, m_peopleRunner, m_pupilRunner, m_joinRunner, m_briefingRunner, m_tableRunner, m_viewsRunner,
        m_qualityRunner, m_registerRunner;
    TaskRunner m_workRunner;             ///< Looking at what would be loaded, loading, linking.
    std::vector<TaskRunner*> m_runners;  ///< All of them.

    Navigation* m_navigation = nullptr;
    std::vector<Page*> m_targets;  ///< Of the navigation's entries.
    Trail* m_trail = nullptr;
    NoticeBar* m_notice = nullptr;
    JobsDialog* m_jobs = nullptr;
    QStackedWidget* m_stack = nullptr;
    SourcesPage* m_sources = nullptr;
    LoadPage* m_loading = nullptr;
    SchoolsPage* m_schools = nullptr;
    OverviewPage* m_overview = nullptr;
    ListPage* m_new = nullptr;
    ListPage* m_families = nullptr;
    PeoplePage* m_people = nullptr;
    QualityPage* m_quality = nullptr;
    RegisterPage* m_register = nullptr;
    HelpPage* m_help = nullptr;
    LearnPage* m_learn = nullptr;
    ComparePage* m_compare = nullptr;
    DrillPage* m_drill = nullptr;
    PupilPage* m_pupil = nullptr;
    Governance* m_governance = nullptr;
};

}  // namespace fairlead::ui
