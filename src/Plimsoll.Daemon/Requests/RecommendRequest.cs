namespace Plimsoll.Daemon.Requests;

/// <summary>What is recommended for, and whether it is written down.</summary>
/// <param name="Name">Of the template in the configuration.</param>
/// <param name="ReserveBytes">Null = the default of each host.</param>
/// <param name="ConfigurationFile">Null = <c>plimsoll.yaml</c> in the folder.</param>
public sealed record RecommendRequest(TrialRequest Trial, string Name, long? ReserveBytes, bool Apply, string? ConfigurationFile);
