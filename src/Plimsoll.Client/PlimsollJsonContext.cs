using System.Text.Json.Serialization;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Client.Events;
using Plimsoll.Client.Gateways;
using Plimsoll.Client.Plans;
using Plimsoll.Client.Projects;
using Plimsoll.Client.Reports;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Simulations;

namespace Plimsoll.Client;

/// <summary>Source-generated JSON of every wire record: snake_case names, null members left out, readers ignore members they do not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(TaskView))]
[JsonSerializable(typeof(AttemptView))]
[JsonSerializable(typeof(ExplanationView))]
[JsonSerializable(typeof(ProgressView))]
[JsonSerializable(typeof(SummaryView))]
[JsonSerializable(typeof(DeadView))]
[JsonSerializable(typeof(ChangeView))]
[JsonSerializable(typeof(LimitsView))]
[JsonSerializable(typeof(PurgeView))]
[JsonSerializable(typeof(GatewayReadyView))]
[JsonSerializable(typeof(GatewayReportView))]
[JsonSerializable(typeof(RunEventView))]
[JsonSerializable(typeof(PlanReportView))]
[JsonSerializable(typeof(DiagnosticView))]
[JsonSerializable(typeof(ConfigValueView))]
[JsonSerializable(typeof(DoctorView))]
[JsonSerializable(typeof(CleanView))]
[JsonSerializable(typeof(BackupView))]
[JsonSerializable(typeof(DiffView))]
[JsonSerializable(typeof(MergeView))]
[JsonSerializable(typeof(InitView))]
[JsonSerializable(typeof(RefusalView))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(RunComparisonView))]
[JsonSerializable(typeof(TortureReportView))]
[JsonSerializable(typeof(BaselineReportView))]
[JsonSerializable(typeof(StressReportView))]
[JsonSerializable(typeof(ProfileReportView))]
[JsonSerializable(typeof(RecommendationView))]
[JsonSerializable(typeof(BenchComparisonView))]
[JsonSerializable(typeof(MeasuredReportView))]
[JsonSerializable(typeof(SimulationReportView))]
[JsonSerializable(typeof(FaultReportView))]
[JsonSerializable(typeof(WhatIfView))]
[JsonSerializable(typeof(ProviderReadyView))]
[JsonSerializable(typeof(ProviderReportView))]
[JsonSerializable(typeof(IReadOnlyList<RunView>))]
[JsonSerializable(typeof(IReadOnlyList<TaskView>))]
[JsonSerializable(typeof(IReadOnlyList<AttemptView>))]
[JsonSerializable(typeof(IReadOnlyList<ExplanationView>))]
[JsonSerializable(typeof(IReadOnlyList<DeadView>))]
[JsonSerializable(typeof(IReadOnlyList<ClassView>))]
[JsonSerializable(typeof(IReadOnlyList<DiffView>))]
[JsonSerializable(typeof(IReadOnlyList<DiagnosticView>))]
[JsonSerializable(typeof(IReadOnlyList<ConfigValueView>))]
public sealed partial class PlimsollJsonContext : JsonSerializerContext;
