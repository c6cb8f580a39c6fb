using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Messages;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Messages of channels: posted, and read after a cursor.</summary>
internal sealed class MessageEndpoints(ServiceHost service)
{
    private const long LargestBody = 128 << 10;
    private const int UsualPage = 100;
    private const int MostPerPage = 1000;
    private const double LongestWaitSeconds = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/messages", PostAsync).Needs(AccessScope.Submit);
        routes.MapGet("/api/v1/messages", ListAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/channels", ChannelsAsync).Needs(AccessScope.Read);
    }

    private async Task PostAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = LargestBody;
        }

        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return;
        }

        if (!MessageReading.Read(body.RootElement, SubmitEndpoints.KeyOf(context), AccessGate.CallerOf(context)).TryGet(out Post? post, out Refusal? refusal))
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        if (Channel(post.Channel) is null)
        {
            await NoChannelAsync(context, post.Channel);
            return;
        }

        post = post with { Errand = service.Messages.Errands.Nearest(post.Task) };
        try
        {
            if ((await service.Messages.PostAsync(post).WaitAsync(Patience, service.Context.Time)).TryGet(out Posted? posted, out refusal))
            {
                KeptMessage message = posted.Message;
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                await context.WriteJsonAsync(
                    new PostedView(Id(message.Number), posted.Channel, Id(message.Thread), Views(message.Mentions), message.Note, posted.Repeated),
                    ServiceJsonContext.Default.PostedView);
                return;
            }
        }
        catch (TimeoutException)
        {
            refusal = Unavailable.Unknown($"the journal has not answered for {Patience.TotalSeconds} s");
        }

        await Problem.WriteAsync(context, refusal);
    }

    /// <summary><c>?channel=review&amp;after=17&amp;wait=30</c> waits until there is something after 17.</summary>
    private async Task ListAsync(HttpContext context)
    {
        string name = Asked.Text(context, "channel") ?? "";
        if (Channel(name) is not { } channel)
        {
            await NoChannelAsync(context, name);
            return;
        }

        if (await Asked.NumberAsync(context, "limit", UsualPage, MostPerPage) is not { } limit)
        {
            return;
        }

        long after = 0;
        double wait = 0;
        if ((Asked.Text(context, "after") is { } cursor && !(long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)))
            || (Asked.Text(context, "wait") is { } seconds && !(double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out wait) && wait is >= 0 and <= LongestWaitSeconds)))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"after is the id of a message and wait a time of 0 to {LongestWaitSeconds} seconds", "Write ?channel=review&after=17&wait=30.");
            return;
        }

        IReadOnlyList<KeptMessage> messages = await ReadAsync(AccessGate.CallerOf(context), channel, after, limit, TimeSpan.FromSeconds(wait), context.RequestAborted);
        await context.WriteJsonAsync(
            new MessageListView([.. messages.Select(message => View(name, message))], Id(messages.Count > 0 ? messages[^1].Number : after)),
            ServiceJsonContext.Default.MessageListView);
    }

    private async Task<IReadOnlyList<KeptMessage>> ReadAsync(Caller caller, ChannelLog channel, long after, int limit, TimeSpan wait, CancellationToken cancellationToken)
    {
        Task over = wait > TimeSpan.Zero ? Task.Delay(wait, service.Context.Time, cancellationToken) : Task.CompletedTask;
        while (true)
        {
            Task next = service.Messages.NextAsync(); // Taken before the look: what comes in between is not missed.
            IReadOnlyList<KeptMessage> messages = await service.Messages.ReadAsync(caller, channel, after, limit, cancellationToken);
            if (messages.Count > 0 || over.IsCompleted || service.Intake.IsClosed)
            {
                return messages;
            }

            await Task.WhenAny(next, over);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task ChannelsAsync(HttpContext context) => context.WriteJsonAsync(
        new ChannelListView([.. service.Messages.Book.Channels.Values.Select(static one => new ChannelView(one.Settings.Name, one.Settings.Agents, one.Settings.Slack is not null)).OrderBy(static one => one.Name, StringComparer.Ordinal)]),
        ServiceJsonContext.Default.ChannelListView);

    private ChannelLog? Channel(string name) => service.Messages.Book.Channels.GetValueOrDefault(name);

    private Task NoChannelAsync(HttpContext context, string name) => Problem.NotFoundAsync(
        context,
        name.Length == 0 ? "no channel is named" : $"there is no channel '{Asked.Shown(name)}'",
        service.Messages.Book.Channels.Count == 0 ? "Configure channels: in plimsoll.yaml." : $"The channels are {string.Join(", ", service.Messages.Book.Channels.Keys.Order(StringComparer.Ordinal))}.");

    private static MessageView View(string channel, KeptMessage message) => new(
        Id(message.Number),
        channel,
        message.At,
        message.Author,
        message.Kind,
        message.Text,
        Id(message.Thread),
        message.ReplyTo is { } reply ? Id(reply) : null,
        message.Task is { } task ? new TaskId(task).ToString() : null,
        Views(message.Mentions),
        message.Note);

    private static MentionView[] Views(IReadOnlyList<KeptMention> mentions) => [.. mentions.Select(static one => new MentionView(one.Agent, new TaskId(one.Task).ToString()))];

    private static string Id(long number) => number.ToString(CultureInfo.InvariantCulture);
}
