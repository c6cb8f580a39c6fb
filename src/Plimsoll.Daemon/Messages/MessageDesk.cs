using System.Threading.Channels;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Messages;

/// <summary>Takes messages, turns mentions into tasks and ended tasks into answers; everything of one turn is durable together.</summary>
/// <remarks>One pump numbers and writes: a reader that has seen a number has seen all before it. What arrives while a turn commits is the next turn.</remarks>
internal sealed class MessageDesk : IFactObserver, IAsyncDisposable
{
    private const int MostPerTurn = 512;

    /// <summary>Read at once at least, so that a filter that lets little through costs few reads.</summary>
    private const int LeastPage = 200;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly ServiceHost service;
    private readonly DurableRecords durable;
    private readonly ErrandBook errands;
    private readonly AnswerText answers;
    private readonly CancellationTokenSource stop = new();

    /// <summary>Full: whoever posts is told to come back.</summary>
    private readonly Channel<Post> posts = Channel.CreateBounded<Post>(new BoundedChannelOptions(8192) { SingleReader = true });

    /// <summary>Full: the pump looks anyway.</summary>
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Queue<Post> deferred = new(); // with a key of the turn before; owned by the pump
    private MessageBook? book; // set before the pump begins
    private Task pump = Task.CompletedTask;
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MessageDesk(ServiceHost service)
    {
        this.service = service;
        durable = new DurableRecords(service.Loop);
        errands = new ErrandBook(service.Lineage, () => wakes.Writer.TryWrite(true));
        answers = new AnswerText(new OutputTails(service.Loop));
    }

    public MessageBook Book => book!;

    public ErrandBook Errands => errands;

    public DurableRecords Durable => durable;

    /// <summary>Told of every message when it is durable, by the pump.</summary>
    public Action<Post, KeptMessage> Delivered { private get; set; } = static (_, _) => { };

    /// <summary>Reads channels, conversations and keys; null, or why it cannot work as it is configured.</summary>
    public async Task<Refusal?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!ChannelDirectory.Open(service.Context.Configuration, service.Loop.Gateway is not null).TryGet(out ChannelDirectory? directory, out Refusal? refusal))
        {
            return refusal;
        }

        book = new MessageBook(directory.Channels, directory.Works, errands, service.Context.Time);
        await book.LoadAsync(service.Loop.State.Reader, cancellationToken);
        return null;
    }

    /// <summary>Begins to accept, and to answer what is due.</summary>
    public void Begin()
    {
        wakes.Writer.TryWrite(true);
        pump = PumpAsync();
    }

    /// <summary>Accepts a message; ends when it is durable with the tasks made of it.</summary>
    public async Task<Outcome<Posted>> PostAsync(Post post)
    {
        if (service.Intake.Refusing is { } refusal)
        {
            return refusal;
        }

        if (!posts.Writer.TryWrite(post))
        {
            return Unavailable.Busy;
        }

        wakes.Writer.TryWrite(true);
        return await post.Done.Task;
    }

    /// <summary>Completes when a message becomes durable from now on.</summary>
    public Task NextAsync() => next.Task;

    /// <summary>Messages of a channel after a number that a caller may see; a task sees those of its sub-tree and of the conversation it works for.</summary>
    public async Task<IReadOnlyList<KeptMessage>> ReadAsync(Caller caller, ChannelLog channel, long after, int limit, CancellationToken cancellationToken)
    {
        long? thread = errands.Nearest(caller.Attempt?.Task)?.Thread;
        List<KeptMessage> seen = [];
        while (seen.Count < limit && await channel.ReadAsync(service.Loop.State.Reader, after, Math.Max(limit, LeastPage), cancellationToken) is { Count: > 0 } page)
        {
            seen.AddRange(page.Where(message => caller.Attempt is null || message.Thread == thread || (message.Task is { } task && service.Lineage.Reaches(caller, new TaskId(task)))));
            after = page[^1].Number;
        }

        return seen.Count > limit ? seen.GetRange(0, limit) : seen;
    }

    public void Observe(IReadOnlyList<Fact> facts)
    {
        durable.Observe(facts);
        errands.Observe(facts);
    }

    /// <summary>The loop has ended: nobody will be told that anything is durable.</summary>
    public void Abandon(Exception? error) => durable.Abandon(error);

    public async ValueTask DisposeAsync()
    {
        posts.Writer.TryComplete();
        await stop.CancelAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (deferred.TryDequeue(out Post? post) || posts.Reader.TryRead(out post))
        {
            post.Done.TrySetResult(Unavailable.Stopping);
        }

        stop.Dispose();
    }

    private async Task PumpAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        List<EndedErrand> ended = [];
        while (await wakes.Reader.WaitToReadAsync(stop.Token))
        {
            wakes.Reader.TryRead(out _);
            while (deferred.Count > 0 || posts.Reader.TryPeek(out _) || (errands.AnyDue && !service.Intake.IsClosed))
            {
                MessageTurn turn = await TurnAsync(ended);
                if (turn.IsEmpty || await CommitAsync(turn) is not { } refusal)
                {
                    ended.Clear();
                    continue;
                }

                turn.Refuse(refusal);
                ended.ForEach(errands.Return);
                ended.Clear();
                await Task.Delay(Again, service.Context.Time, stop.Token);
            }
        }
    }

    /// <summary>Takes what is there; what is known already is answered at once.</summary>
    private async Task<MessageTurn> TurnAsync(List<EndedErrand> ended)
    {
        var turn = new MessageTurn(Book, service.Context.Time.GetUtcNow());
        int count = 0;
        for (int waiting = deferred.Count; waiting > 0; waiting--, count++)
        {
            await AddAsync(turn, deferred.Dequeue());
        }

        while (count < MostPerTurn && posts.Reader.TryRead(out Post? post))
        {
            await AddAsync(turn, post);
            count++;
        }

        while (count++ < 2 * MostPerTurn && !service.Intake.IsClosed && errands.TryTake(out EndedErrand one))
        {
            if (errands.Find(one.Task) is { Answered: false } errand && Book.Channels.ContainsKey(errand.Channel))
            {
                string text = await answers.OfAsync(one, stop.Token);
                turn.TryAdd(new Post(errand.Channel, errand.Agent, text, one.Task) { Errand = errand, Answers = true });
                ended.Add(one);
            }
        }

        return turn;
    }

    private async Task AddAsync(MessageTurn turn, Post post)
    {
        foreach (string key in post.Keys)
        {
            if (Book.Keys.Find(key) is not { } known)
            {
                continue;
            }

            KeptMessage? message = known.Digest == post.Digest() && Book.Channels.TryGetValue(known.Channel, out ChannelLog? channel)
                && await channel.ReadAsync(service.Loop.State.Reader, known.Number - 1, 1, stop.Token) is [var found] && found.Number == known.Number ? found : null;
            post.Done.TrySetResult(message is not null
                ? new Posted(known.Channel, message, Repeated: true)
                : new Refusal(ExitCode.Invalid, $"the idempotency key '{key}' was used for another message ({known.Number})", "Use a new key for each message; repeat one only with the same content."));
            return;
        }

        if (!turn.TryAdd(post))
        {
            deferred.Enqueue(post);
        }
    }

    private async Task<Refusal?> CommitAsync(MessageTurn turn)
    {
        try
        {
            if (turn.Tasks.Count == 0)
            {
                await durable.WriteAsync(turn.Records([]));
            }
            else if (!(await service.Intake.SubmitAsync(turn.Tasks, turn.Records)).TryGet(out _, out Refusal? refusal))
            {
                return refusal;
            }
        }
        catch (JournalException error)
        {
            return Unavailable.Unknown(error.Message);
        }

        Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        foreach ((Post post, KeptMessage message) in turn.Posted)
        {
            Delivered(post, message);
            post.Done.TrySetResult(new Posted(post.Channel, message, Repeated: false));
        }

        return null;
    }
}
