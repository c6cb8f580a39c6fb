using System.Diagnostics;
using Npgsql;
using Plimsoll.Tests.Support;

namespace Plimsoll.Benchmarks.Service;

/// <summary>The queue people write on PostgreSQL: each client takes one job after another with SKIP LOCKED, and each is one durable transaction.</summary>
/// <remarks>Kinder to it than to Plimsoll: the jobs are there already, nothing is kept of them, and taking and ending are one statement.</remarks>
internal static class SkipLocked
{
    private const string TakeOne = "DELETE FROM job WHERE id = (SELECT id FROM job ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id";

    public static async Task<TimeSpan> RunAsync(PostgresServer server, int jobs, int clients)
    {
        string database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync($"CREATE TABLE job (id bigint PRIMARY KEY, payload text NOT NULL); INSERT INTO job SELECT i, '{{}}' FROM generate_series(1, {jobs}) i", database);
        await server.ExecuteAsync("VACUUM ANALYZE job", database);
        await using NpgsqlDataSource source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={server.Port};Username=plimsoll;Database={database};SSL Mode=Disable;Maximum Pool Size={clients}");
        long begun = Stopwatch.GetTimestamp();
        int[] taken = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => TakeAsync(source)));
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        return taken.Sum() == jobs ? took : throw new InvalidOperationException($"of {jobs} jobs {taken.Sum()} were taken");
    }

    private static async Task<int> TakeAsync(NpgsqlDataSource source)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
        await using NpgsqlCommand take = new(TakeOne, connection);
        await take.PrepareAsync();
        int taken = 0;
        while (await take.ExecuteScalarAsync() is not null)
        {
            taken++;
        }

        return taken;
    }
}
