using System.Text.Json;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving.Submitting;
using Plimsoll.Plans.Messages;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Messages;

/// <summary>Messages that become durable together, with the tasks that are made of them.</summary>
/// <remarks>Owned by the desk's pump.</remarks>
internal sealed class MessageTurn(MessageBook book, DateTimeOffset now)
{
    private readonly List<(Post Post, long Number, int FirstTask, IReadOnlyList<string> Agents, string? Note)> messages = [];
    private readonly List<Submission> tasks = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> threads = [];

    /// <summary>The tasks to accept with them.</summary>
    public IReadOnlyList<Submission> Tasks => tasks;

    public bool IsEmpty => messages.Count == 0;

    /// <summary>Everything that was posted, as it is durable; only after <see cref="Records"/>.</summary>
    public List<(Post Post, KeptMessage Message)> Posted { get; } = [];

    /// <summary>Takes up a message; false when one with the same key is in this turn already.</summary>
    public bool TryAdd(Post post)
    {
        if (post.Keys.Any(keys.Contains))
        {
            return false;
        }

        keys.UnionWith(post.Keys);
        long number = ++book.LastNumber;
        long thread = post.Errand?.Thread ?? number;
        IReadOnlyList<string> agents = book.AgentsIn(post);
        string? note = null;
        if (agents.Count > 0 && MessageBook.Refuses(post, book.Errands.TasksOf(thread) + threads.GetValueOrDefault(thread) + agents.Count) is { } reason)
        {
            note = $"not handed on to {string.Join(", ", agents)}: {reason}";
            agents = [];
        }

        messages.Add((post, number, tasks.Count, agents, note));
        threads[thread] = threads.GetValueOrDefault(thread) + agents.Count;
        foreach (string agent in agents)
        {
            SubmittedWork work = book.Works[agent];
            tasks.Add(new Submission(work, null, work.Priority, Binding(work, post), null) { Parent = post.Task });
        }

        return true;
    }

    /// <summary>What the journal is to keep; errands are known from now on.</summary>
    /// <param name="submitted">The tasks, in the order of <see cref="Tasks"/>.</param>
    public IReadOnlyList<ServiceRecord> Records(IReadOnlyList<Submitted> submitted)
    {
        List<ServiceRecord> records = [];
        foreach ((Post post, long number, int first, IReadOnlyList<string> agents, string? note) in messages)
        {
            long thread = post.Errand?.Thread ?? number;
            KeptMention[] mentions = [.. agents.Select((agent, at) => new KeptMention(agent, submitted[first + at].Task.Value))];
            var message = new KeptMessage(
                number, now, post.Author, post.Answers ? KeptMessage.Answer : KeptMessage.Plain, post.Text, thread, post.Errand?.Message, post.Task?.Value, mentions, note);
            records.AddRange(book.Channels[post.Channel].Add(message));
            foreach (KeptMention mention in mentions)
            {
                var errand = new KeptErrand(post.Channel, mention.Agent, number, thread, post.Hops, Answered: false, post.SlackThread ?? post.Errand?.SlackThread);
                book.Errands.Add(new TaskId(mention.Task), errand);
                records.Add(ErrandBook.Record(new TaskId(mention.Task), errand));
            }

            foreach (string key in post.Keys)
            {
                records.AddRange(book.Keys.Add(key, new KeptMessageKey(post.Channel, number, post.Digest(), now)));
            }

            if (post is { Answers: true, Task: { } task, Errand: { } done })
            {
                records.AddRange(book.Errands.Answer(task, done));
            }

            records.AddRange(book.Outbound(post, message));
            Posted.Add((post, message));
        }

        return records;
    }

    /// <summary>Tells everybody who waits that it did not become durable.</summary>
    public void Refuse(Refusal refusal) => messages.ForEach(one => one.Post.Done.TrySetResult(refusal));

    private static string? Binding(SubmittedWork work, Post post)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string? otherwise) in work.Parameters)
        {
            values[name] = name switch
            {
                MentionWork.Text => Mention.Bare(post.Text),
                MentionWork.Channel => post.Channel,
                MentionWork.Author => post.Author,
                _ => otherwise ?? "",
            };
        }

        return values.Count == 0 ? null : JsonSerializer.Serialize(values, TextJsonContext.Default.DictionaryStringString);
    }
}
