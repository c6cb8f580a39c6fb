using System.Text.Json.Serialization;
using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>Source-generated JSON of the service's own records: snake_case names, null members left out, readers ignore members they do not know.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(SubmittedView))]
[JsonSerializable(typeof(SubmittedListView))]
[JsonSerializable(typeof(SubmittedRunView))]
[JsonSerializable(typeof(PlanSubmissionView))]
[JsonSerializable(typeof(RunListView))]
[JsonSerializable(typeof(RunDetailView))]
[JsonSerializable(typeof(TaskPageView))]
[JsonSerializable(typeof(TaskDetailView))]
[JsonSerializable(typeof(ChangeView))]
[JsonSerializable(typeof(ReasonedView))]
[JsonSerializable(typeof(PriorityView))]
[JsonSerializable(typeof(ServiceReadyView))]
[JsonSerializable(typeof(ServiceStoppedView))]
[JsonSerializable(typeof(LeaseView))]
[JsonSerializable(typeof(LeaseListView))]
[JsonSerializable(typeof(WaitView))]
[JsonSerializable(typeof(TailView))]
[JsonSerializable(typeof(PostedView))]
[JsonSerializable(typeof(MessageListView))]
[JsonSerializable(typeof(ChannelListView))]
[JsonSerializable(typeof(StreamOpenedView))]
[JsonSerializable(typeof(EventGapView))]
[JsonSerializable(typeof(NodeListView))]
[JsonSerializable(typeof(LockListView))]
[JsonSerializable(typeof(ClassPageView))]
[JsonSerializable(typeof(ClassStateView))]
[JsonSerializable(typeof(DeadPageView))]
[JsonSerializable(typeof(DeadChangeView))]
[JsonSerializable(typeof(LimitsView))]
[JsonSerializable(typeof(LimitsChangeView))]
[JsonSerializable(typeof(IntakeView))]
[JsonSerializable(typeof(AgentListView))]
[JsonSerializable(typeof(AgentStateView))]
[JsonSerializable(typeof(ExplanationListView))]
public sealed partial class ServiceJsonContext : JsonSerializerContext;
