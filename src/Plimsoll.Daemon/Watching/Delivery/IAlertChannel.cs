using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>A way to tell somebody of an alert.</summary>
internal interface IAlertChannel
{
    /// <summary>Tells; ends within the token's time.</summary>
    /// <returns>Null when it was taken, otherwise why not and whether another try may help. Never a secret.</returns>
    Task<DeliveryFailure?> TellAsync(AlertChange change, CancellationToken cancellationToken);
}
