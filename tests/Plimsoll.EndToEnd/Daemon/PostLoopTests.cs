using Plimsoll.Client.Services;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>The simple form of a task, posted from a shell.</summary>
public sealed class PostLoopTests
{
    [Fact]
    public async Task Ten_posts_in_a_shell_loop_never_show_more_than_five_running()
    {
        using TemporaryProject project = new();
        project.Write("plimsoll.yaml", "templates: { default: { params: [feature, target_url], run: \"echo x >> begun; while [ ! -e go ]; do sleep 0.05; done\" } }\n");
        using ServiceProcess service = new(project, "--max-concurrent", "5");
        await service.ReadyAsync();
        using RunningProcess posts = RunningProcess.Start(
            "sh",
            ["-c", """
                for i in 1 2 3 4 5 6 7 8 9 10; do
                    curl -sS -o /dev/null -w '%{http_code}\n' --unix-socket .plimsoll/api.sock http://localhost/api/tasks \
                        -d "{\"feature\": \"Feature $i\", \"target_url\": \"https://example.com\", \"priority\": $i}"
                done
                """],
            project.Folder);
        int most = 0;
        HealthView health;
        do
        {
            health = await service.HealthAsync();
            most = Math.Max(most, health.TasksRunning);
            Assert.Equal(5, health.PoolSize);
            Assert.InRange(health.TasksRunning, 0, 5);
            Assert.Equal(5 - health.TasksRunning, health.AvailableSlots);
            if (health is { TasksRunning: 5, TasksQueued: 5 })
            {
                project.Write("go", "");
            }
        }
        while (health.TasksRunning + health.TasksQueued > 0 || project.Lines("begun").Length < 10);

        Assert.Equal(5, most);
        Assert.Equal(string.Concat(Enumerable.Repeat("202\n", 10)), (await posts.WaitAsync(TestContext.Current.CancellationToken)).Ended(0).Stdout);
        Assert.Equal(10, project.Lines("begun").Length);
    }
}
