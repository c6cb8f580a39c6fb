using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Plans.Configuration;

namespace Plimsoll.Daemon.Slack;

/// <summary>Slack as a mirror of configured channels: events come in, messages go out.</summary>
internal sealed class SlackAdapter : IAsyncDisposable
{
    private readonly SlackOutbox outbox;

    private SlackAdapter(SlackSignature signature, SlackInbound inbound, SlackOutbox outbox)
    {
        Signature = signature;
        Inbound = inbound;
        this.outbox = outbox;
    }

    public SlackSignature Signature { get; }

    public SlackInbound Inbound { get; }

    /// <summary>Begins; null when no channel is mirrored.</summary>
    public static Outcome<SlackAdapter?> Open(ServiceHost service, Action<string> notice)
    {
        PlimsollConfiguration configuration = service.Context.Configuration;
        if (configuration.Channels.Values.All(static channel => channel.Slack is null))
        {
            return (SlackAdapter?)null;
        }

        if (!Secret(configuration.Slack.Token, "slack.token", service.Context).TryGet(out string? token, out Refusal? refusal)
            || !Secret(configuration.Slack.SigningSecret, "slack.signing_secret", service.Context).TryGet(out string? secret, out refusal))
        {
            return refusal;
        }

        var client = new SlackClient(configuration.Slack.BaseUrl, token);
        var outbox = new SlackOutbox(service.Loop, service.Messages.Durable, client, service.Context.Time, notice);
        service.Messages.Delivered = (_, _) => outbox.Wake();
        return new SlackAdapter(new SlackSignature(secret, service.Context.Time), new SlackInbound(service.Messages), outbox);
    }

    public ValueTask DisposeAsync() => outbox.DisposeAsync();

    private static Outcome<string> Secret(KeySource source, string option, ProjectContext context) =>
        Gateway.Hosting.KeyReader.Read(source, option, context.Environment, out string? problem) is { } secret ? secret : new Refusal(ExitCode.Invalid, problem!, null);
}
