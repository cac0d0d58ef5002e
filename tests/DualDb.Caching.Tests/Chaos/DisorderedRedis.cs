namespace DualDb.Caching.Tests.Chaos;

/// <summary>Connects to a real Redis through disorder.</summary>
internal sealed class DisorderedRedis(IRedisConnector inner, Disorder disorder) : IRedisConnector
{
    /// <summary>Longer than the nodes of these tests wait.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Overtaken = TimeSpan.FromMilliseconds(60);

    public string Address => inner.Address;

    public async Task<IRedisClient> ConnectAsync(TimeSpan timeout, CancellationToken cancellationToken)
        => disorder.Happens(disorder.Throw)
            ? throw new IOException("No connection, on purpose.")
            : new Client(await inner.ConnectAsync(timeout, cancellationToken), disorder);

    private sealed class Client(IRedisClient inner, Disorder disorder) : IRedisClient
    {
        public Task Lost => inner.Lost;

        public Task<byte[]?[]> GetAsync(IReadOnlyList<string> keys) => DisturbedAsync(() => inner.GetAsync(keys));

        public Task<byte[]?[]> EvaluateAsync(string script, IReadOnlyList<string> keys, IReadOnlyList<byte[]> arguments)
            => DisturbedAsync(() => inner.EvaluateAsync(script, keys, arguments));

        public Task SubscribeAsync(string channel, Action<byte[]> handler)
        {
            return inner.SubscribeAsync(channel, message =>
            {
                if (disorder.Happens(disorder.Drop))
                {
                    return;
                }

                if (disorder.Happens(disorder.Duplicate))
                {
                    handler(message);
                }

                if (disorder.Happens(disorder.Reorder))
                {
                    _ = LaterAsync(handler, message);
                    return;
                }

                handler(message);
            });
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async Task LaterAsync(Action<byte[]> handler, byte[] message)
        {
            await Task.Delay(disorder.Pause(Overtaken));
            handler(message);
        }

        private async Task<byte[]?[]> DisturbedAsync(Func<Task<byte[]?[]>> command)
        {
            if (disorder.Happens(disorder.Throw))
            {
                throw new IOException("Not sent, on purpose.");
            }

            var answer = await command();
            if (disorder.Happens(disorder.Throw))
            {
                throw new IOException("Carried out and failed, on purpose.");
            }

            if (disorder.Happens(disorder.Hang))
            {
                await Task.Delay(Timeout.InfiniteTimeSpan);
            }

            if (disorder.Happens(disorder.Delay))
            {
                await Task.Delay(Late);
            }

            return answer;
        }
    }
}
