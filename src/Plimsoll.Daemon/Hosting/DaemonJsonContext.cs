using System.Text.Json.Serialization;

namespace Plimsoll.Daemon.Hosting;

/// <summary>Source-generated JSON of what the composition keeps in the journal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunOrigin))]
[JsonSerializable(typeof(Serving.Submitting.KeptKey))]
[JsonSerializable(typeof(Access.KeptParent))]
[JsonSerializable(typeof(Access.AuditEntry))]
[JsonSerializable(typeof(Leases.LeaseTerms))]
[JsonSerializable(typeof(Access.Session[]))]
[JsonSerializable(typeof(Access.KeptToken))]
[JsonSerializable(typeof(Resources.KeptIntake))]
[JsonSerializable(typeof(Messages.KeptMessage))]
[JsonSerializable(typeof(Messages.KeptErrand))]
[JsonSerializable(typeof(Messages.KeptMessageKey))]
[JsonSerializable(typeof(Slack.KeptSlackPost))]
internal sealed partial class DaemonJsonContext : JsonSerializerContext;
