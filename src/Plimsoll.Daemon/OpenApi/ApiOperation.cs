using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>What people and programs are told of a route: everything that the route itself does not say.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">As it is mapped.</param>
/// <param name="Tag">The resource.</param>
/// <param name="Summary">One sentence.</param>
internal sealed record ApiOperation(string Method, string Path, string Tag, string Summary)
{
    public ImmutableArray<ApiQuery> Query { get; init; } = [];

    /// <summary>The record of the body; null = there is none, or <see cref="BodySchema"/> tells it.</summary>
    public JsonTypeInfo? Body { get; init; }

    /// <summary>JSON Schema of a body that no record describes.</summary>
    public string? BodySchema { get; init; }

    /// <summary>Other media types that the body may have.</summary>
    public ImmutableArray<string> BodyTypes { get; init; } = [];

    public bool BodyIsOptional { get; init; }

    /// <summary>The record of the answer; null = see <see cref="AnswerType"/>.</summary>
    public JsonTypeInfo? Answer { get; init; }

    /// <summary>Media type of an answer that is no JSON; null = it has no body, unless <see cref="Answer"/> tells one.</summary>
    public string? AnswerType { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Another status that the answer may have.</summary>
    public int? OtherStatus { get; init; }

    /// <summary>True when a repetition with the same <c>Idempotency-Key</c> does nothing.</summary>
    public bool TakesKey { get; init; }

    /// <summary>True for a route that is there only where it is configured.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True when the body may be asked for in parts.</summary>
    public bool TakesRange { get; init; }

    /// <summary>True when a client may say where it was (<c>Last-Event-ID</c>).</summary>
    public bool TakesLastEvent { get; init; }
}
