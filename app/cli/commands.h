// The sub-commands of fairlead-cli; each file adds its own.

#pragma once

namespace CLI {
class App;
}

namespace fairlead::cli {

/// workspace create, load, link, persons, passwd, info.
void addWorkspaceCommands(CLI::App& app);
/// access list, table, add, roles, retire, and what follows.
void addAccessCommands(CLI::App& app);
/// access involve, involvements, release, releases, withdraw, names.
void addReleaseCommands(CLI::App& access);
/// access pack, aggregates, pairs, pair.
void addReaderCommands(CLI::App& access);
/// access decide, decisions, take-back.
void addDecisionCommands(CLI::App& access);
/// access recovery make, drill, use.
void addRecoveryCommands(CLI::App& access);
/// access rotate.
void addRotateCommand(CLI::App& access);
/// schools.
void addSchoolsCommand(CLI::App& app);
/// overview.
void addOverviewCommand(CLI::App& app);
/// drill, pupil.
void addDrillCommands(CLI::App& app);
/// indicators list, show, check, test.
void addIndicatorsCommand(CLI::App& app);
/// change.
void addChangeCommand(CLI::App& app);
/// register show, approve, retiring, retire.
void addRegisterCommand(CLI::App& app);
/// outcomes.
void addOutcomesCommand(CLI::App& app);
/// quality.
void addQualityCommand(CLI::App& app);
/// gateways list, matrix.
void addGatewaysCommand(CLI::App& app);
/// evaluate.
void addEvaluateCommand(CLI::App& app);
/// explain.
void addExplainCommand(CLI::App& app);
/// model list, show, add, approve, use, retire.
void addModelCommands(CLI::App& app);
/// brief.
void addBriefCommand(CLI::App& app);
/// extract build, inspect, verify.
void addExtractCommands(CLI::App& app);
/// link.
void addLinkCommand(CLI::App& app);
/// keys generate.
void addKeysCommand(CLI::App& app);
/// audit verify, checkpoint, proof, list, report.
void addAuditCommands(CLI::App& app);
/// retention due, preview, purge, certificate.
void addRetentionCommands(CLI::App& app);
/// backup make, check, restore.
void addBackupCommands(CLI::App& app);
/// posture.
void addPostureCommand(CLI::App& app);
/// demo create.
void addDemoCommand(CLI::App& app);

}  // namespace fairlead::cli
