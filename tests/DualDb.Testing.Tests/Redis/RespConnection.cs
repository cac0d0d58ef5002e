using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DualDb.Testing.Tests.Redis;

/// <summary>A client of a few lines: a command as an array of strings, a reply as its text.</summary>
internal sealed class RespConnection : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;

    private RespConnection(TcpClient client)
    {
        _client = client;
        _reader = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Connects to where the URI points, and gives its password if it holds one.</summary>
    public static async Task<RespConnection> OpenAsync(string connectionString)
    {
        var uri = new Uri(connectionString);
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(uri.Host, uri.Port, Token);
        var connection = new RespConnection(client);
        if (uri.UserInfo.Length > 0)
        {
            var reply = await connection.AskAsync("AUTH", Uri.UnescapeDataString(uri.UserInfo[1..]));
            Assert.Equal("+OK", reply);
        }

        return connection;
    }

    /// <summary>One command on a connection of its own.</summary>
    public static async Task<string?> AskOnceAsync(string connectionString, params string[] command)
    {
        await using var connection = await OpenAsync(connectionString);
        return await connection.AskAsync(command);
    }

    public async Task<string?> AskAsync(params string[] command)
    {
        await SendAsync(command);
        return await ReadAsync();
    }

    public async Task SendAsync(params string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (var part in command)
        {
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        }

        await _client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), Token);
    }

    /// <summary>The reply's line, or the text it announces; null for "there is none".</summary>
    public async Task<string?> ReadAsync()
    {
        var line = await _reader.ReadLineAsync(Token) ?? throw new EndOfStreamException("The connection was closed.");
        if (!line.StartsWith('$'))
        {
            return line;
        }

        return line is "$-1" ? null : await _reader.ReadLineAsync(Token);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
