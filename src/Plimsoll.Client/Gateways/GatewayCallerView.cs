using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Gateways;

/// <summary>What one key was used for.</summary>
/// <param name="Requests">All, also refused ones.</param>
/// <param name="Failed">Answered with a status of 400 or above.</param>
/// <param name="Usage">Null when nothing was used.</param>
public sealed record GatewayCallerView(string Key, long Requests, long Failed, ModelUsageView? Usage);
