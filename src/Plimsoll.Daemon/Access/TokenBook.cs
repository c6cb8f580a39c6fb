using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Access;

/// <summary>Named tokens with a scope, for programs and people who need less than everything; durable, and shown once.</summary>
/// <remarks>Looked up by their digest, so that the time of a look-up tells nothing about a token. Safe for any number of threads.</remarks>
internal sealed class TokenBook(AuditTrail audit, TimeProvider time)
{
    public const int Most = 1000;

    /// <summary>Kind of the records; their key is the name.</summary>
    private const string Kind = "token";

    private const string Prefix = "plt_";
    private const string CallerPrefix = "token ";

    private readonly Lock gate = new();
    private volatile ImmutableDictionary<string, KeptToken> byName = ImmutableDictionary<string, KeptToken>.Empty;
    private volatile ImmutableDictionary<string, string> byDigest = ImmutableDictionary<string, string>.Empty;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyDictionary<string, KeptToken> All => byName;

    public async Task LoadAsync(IJournalReader reader, CancellationToken cancellationToken)
    {
        ImmutableDictionary<string, KeptToken>.Builder found = ImmutableDictionary.CreateBuilder<string, KeptToken>(StringComparer.Ordinal);
        foreach (ServiceRecord record in await reader.RecordsAsync(Kind, "", Most, cancellationToken))
        {
            found[record.Key] = JsonSerializer.Deserialize(record.Detail!, DaemonJsonContext.Default.KeptToken)!;
        }

        Take(found.ToImmutable());
    }

    /// <summary>Whose token this is; null when it is none of them, or it has expired.</summary>
    public Caller? CallerOf(string token) =>
        token.StartsWith(Prefix, StringComparison.Ordinal)
        && byDigest.TryGetValue(DigestOf(token), out string? name)
        && byName.TryGetValue(name, out KeptToken? kept)
        && !(kept.ExpiresAt <= time.GetUtcNow())
            ? new Caller(CallerPrefix + name, kept.Scope)
            : null;

    /// <summary>True while a session that was begun with a token may go on: the token is there still, and has not expired.</summary>
    /// <param name="name">Name of the caller.</param>
    /// <param name="begun">When the session began: a token of the same name made later is another one.</param>
    public bool Carries(string name, DateTimeOffset begun) =>
        !name.StartsWith(CallerPrefix, StringComparison.Ordinal)
        || (byName.TryGetValue(name[CallerPrefix.Length..], out KeptToken? kept) && kept.CreatedAt <= begun && !(kept.ExpiresAt <= time.GetUtcNow()));

    /// <summary>Makes a token; durable when this ends. It is given here and never again.</summary>
    /// <exception cref="JournalException">Whether it is durable is not known.</exception>
    public async Task<Outcome<(string Token, KeptToken Kept)>> CreateAsync(Caller caller, string name, AccessScope scope, TimeSpan? life)
    {
        if (byName.ContainsKey(name))
        {
            return new Refusal(ExitCode.Invalid, $"there is a token named {name} already", "Choose another name, or revoke that one first.");
        }

        if (byName.Count >= Most)
        {
            return new Refusal(ExitCode.Invalid, $"there are {Most} tokens already", "Revoke those that are not needed.");
        }

        string token = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        DateTimeOffset now = time.GetUtcNow();
        var kept = new KeptToken(DigestOf(token), scope, now, now + life, caller.Name);
        await audit.ApplyAsync(caller, "token.create", name, scope.ToString().ToLowerInvariant(), [Record(name, JsonSerializer.Serialize(kept, DaemonJsonContext.Default.KeptToken))]);
        Change(tokens => tokens.SetItem(name, kept));
        return (token, kept);
    }

    /// <summary>Ends a token; false when there is none of that name.</summary>
    /// <exception cref="JournalException">Whether it is durable is not known; it is worth nothing in this service any more.</exception>
    public async Task<bool> RevokeAsync(Caller caller, string name)
    {
        if (!byName.ContainsKey(name))
        {
            return false;
        }

        Change(tokens => tokens.Remove(name));
        await audit.ApplyAsync(caller, "token.revoke", name, null, [Record(name, null)]);
        return true;
    }

    private static ChangeRecords Record(string name, string? detail) => new([new ServiceRecord(Kind, name, detail)], Acknowledges: true);

    private static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private void Change(Func<ImmutableDictionary<string, KeptToken>, ImmutableDictionary<string, KeptToken>> change)
    {
        lock (gate)
        {
            Take(change(byName));
        }
    }

    private void Take(ImmutableDictionary<string, KeptToken> tokens)
    {
        byName = tokens;
        byDigest = tokens.ToImmutableDictionary(static pair => pair.Value.Digest, static pair => pair.Key, StringComparer.Ordinal);
    }
}
