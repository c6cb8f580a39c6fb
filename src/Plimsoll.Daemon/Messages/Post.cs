using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Messages;

/// <summary>A message on its way in, with the one who waits for it.</summary>
/// <param name="Author">For people: the name of the caller, or of the agent.</param>
/// <param name="Task">The task that writes it; null = no task does.</param>
internal sealed record Post(string Channel, string Author, string Text, TaskId? Task)
{
    public TaskCompletionSource<Outcome<Posted>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Idempotency keys: one that is known already is answered with the message it made.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The conversation it belongs to; null = it begins one.</summary>
    public KeptErrand? Errand { get; init; }

    /// <summary>True for the answer of an errand: then <see cref="Errand"/> is answered with it.</summary>
    public bool Answers { get; init; }

    /// <summary>Timestamp of the conversation in Slack; null = it does not come from there.</summary>
    public string? SlackThread { get; init; }

    /// <summary>Answers and calls of tasks since somebody outside spoke.</summary>
    public int Hops => Errand is { } errand ? errand.Hops + 1 : 0;

    /// <summary>Tells two messages with one key apart.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Channel}\n{Text}"))).AsSpan(0, 16));
}
