using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>Tells the configured targets what becomes of alerts.</summary>
internal sealed class AlertDelivery : IAsyncDisposable
{
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = Connecting, MaxConnectionsPerServer = 2 });
    private readonly ImmutableArray<AlertTarget> targets;

    public AlertDelivery(AlertSettings settings, IReadOnlyDictionary<string, string> environment, string folder, TimeProvider time, Action<string> notice)
    {
        targets = [.. settings.Targets.Select(target => Make(target, environment, folder, time, notice)).OfType<AlertTarget>()];
        foreach (AlertTarget target in targets)
        {
            target.Begin();
        }
    }

    public void Tell(ImmutableArray<AlertChange> changes)
    {
        foreach (AlertChange change in changes.Where(static change => change.Deliver))
        {
            foreach (AlertTarget target in targets)
            {
                target.Offer(change);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (AlertTarget target in targets)
        {
            await target.DisposeAsync();
        }

        client.Dispose();
    }

    private AlertTarget? Make(AlertTargetSettings target, IReadOnlyDictionary<string, string> environment, string folder, TimeProvider time, Action<string> notice)
    {
        if (target.Kind == AlertTargetKind.Command)
        {
            return new AlertTarget(target, new CommandChannel(target.Command, folder), time, notice);
        }

        if (!Uri.TryCreate(AddressOf(target, environment, folder), UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            notice($"alert target {target.Name} has no usable address: {(target.Source is { } source ? $"{source.Variable ?? source.File} does not hold one" : "it is not written")}");
            return null;
        }

        return new AlertTarget(target, new WebhookChannel(client, address, target.Kind == AlertTargetKind.Slack ? AlertDocument.ForChat : AlertDocument.Of), time, notice);
    }

    private static string? AddressOf(AlertTargetSettings target, IReadOnlyDictionary<string, string> environment, string folder)
    {
        if (target.Source is not { } source)
        {
            return target.Url;
        }

        try
        {
            return (source.Variable is { } variable ? environment.GetValueOrDefault(variable) : File.ReadLines(Path.Combine(folder, source.File!)).FirstOrDefault())?.Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
