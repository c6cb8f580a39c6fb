namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>Why an alert was not taken.</summary>
/// <param name="Again">False when the target will never take it as it is.</param>
internal sealed record DeliveryFailure(string Reason, bool Again);
