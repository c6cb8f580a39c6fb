using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Caching;

/// <summary>Embedding requests that are sent together; guarded by the batcher's lock while it is open.</summary>
internal sealed class EmbeddingBatch
{
    private const int MostInputs = 2_048;
    private const long MostTokens = 300_000;

    private readonly TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long tokens;

    public List<Member> Members { get; } = [];

    public int Inputs { get; private set; }

    /// <summary>Completes when nothing more fits.</summary>
    public Task Full => full.Task;

    public bool TryAdd(Exchange exchange, EmbeddingRequest request, int mostRequests, out Member member)
    {
        member = new(exchange, request, Inputs);
        if (Members.Count >= mostRequests || Inputs + request.Inputs.Count > MostInputs || (Members.Count > 0 && tokens + request.MostTokens > MostTokens))
        {
            return false;
        }

        Members.Add(member);
        Inputs += request.Inputs.Count;
        tokens += request.MostTokens;
        if (Members.Count == mostRequests)
        {
            full.TrySetResult();
        }

        return true;
    }

    public PooledBytes Body()
    {
        PooledBytes body = new((int)Members.Sum(member => member.Request.Bytes) + 1024);
        body.Append("{"u8);
        body.Append(System.Text.Encoding.UTF8.GetBytes(Members[0].Request.Others));
        body.Append(Members[0].Request.Others.Length > 0 ? ",\"input\":["u8 : "\"input\":["u8);
        bool isFirst = true;
        foreach (ReadOnlyMemory<byte> input in Members.SelectMany(member => member.Request.Inputs))
        {
            body.Append(isFirst ? ""u8 : ","u8);
            body.Append(input.Span);
            isFirst = false;
        }

        body.Append("]}"u8);
        return body;
    }

    /// <summary>One request of the batch.</summary>
    /// <param name="First">Position of its first input.</param>
    internal sealed record Member(Exchange Exchange, EmbeddingRequest Request, int First)
    {
        /// <summary>Its part of the answer; null: it has to ask for itself.</summary>
        public TaskCompletionSource<StoredAnswer?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
