using System.Buffers.Binary;
using System.Text;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Watching.Tracing;

/// <summary>Trace and span ids that follow from the identity of runs and attempts: the same before and after a restart, with nothing to remember.</summary>
/// <remarks>W3C Trace Context, level 1: 16 and 8 bytes in hexadecimal, flags 01 for sampled. Single tasks of a service have a trace each, runs one for all their tasks. No secret, so a fast hash does, and plain runs need no OpenSSL.</remarks>
internal sealed class TraceIds(string journalId, Func<RunId, bool> isInbox)
{
    private const ulong FirstBasis = 0xcbf29ce484222325;
    private const ulong SecondBasis = 0x9ae16a3b2f90404f;

    /// <summary>Of the run, or of the single task.</summary>
    public string TraceOf(TaskId task) => isInbox(task.Run) ? Hash($"task {task.Value}", 16) : TraceOf(task.Run);

    public string TraceOf(RunId run) => Hash($"run {run.Value}", 16);

    public string SpanOf(AttemptId attempt) => Hash($"attempt {attempt}", 8);

    public string SpanOf(RunId run) => Hash($"root {run.Value}", 8);

    /// <summary>Id of the span that an attempt's belongs to; null for single tasks.</summary>
    public string? ParentOf(AttemptId attempt) => isInbox(attempt.Task.Run) ? null : SpanOf(attempt.Task.Run);

    /// <summary>What the environment of an attempt says as TRACEPARENT.</summary>
    public string ParentFor(AttemptId attempt) => $"00-{TraceOf(attempt.Task)}-{SpanOf(attempt)}-01";

    private string Hash(string text, int bytes)
    {
        byte[] words = Encoding.UTF8.GetBytes($"{journalId} {text}");
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(id, Hash(words, FirstBasis));
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], Hash(words, SecondBasis));
        return Convert.ToHexStringLower(id[..bytes]);
    }

    /// <summary>FNV-1a (draft-eastlake-fnv) with the finalizer of MurmurHash3, which spreads the few differing characters over all bits.</summary>
    private static ulong Hash(ReadOnlySpan<byte> words, ulong basis)
    {
        ulong hash = basis;
        foreach (byte one in words)
        {
            hash = (hash ^ one) * 0x100000001b3;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
