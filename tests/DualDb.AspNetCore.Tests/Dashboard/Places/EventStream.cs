namespace DualDb.AspNetCore.Tests.Dashboard.Places;

/// <summary>A page's stream, as a browser reads it.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, StreamReader reader) => (_response, _reader) = (response, reader);

    /// <summary>The parts as they arrived last.</summary>
    public Dictionary<string, string> Parts { get; } = [];

    /// <summary>How often the whole page was told to be read.</summary>
    public int Shown { get; private set; }

    /// <summary>Whether the server has said that it ends the stream.</summary>
    public bool IsEnded { get; private set; }

    public static async Task<EventStream> OpenAsync(DashboardApp app, string path, string who = DashboardApp.Reader)
    {
        var response = await app.SendAsync(HttpMethod.Get, path, who);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new EventStream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    /// <summary>Reads the next event; false at the end.</summary>
    public async Task<bool> ReadAsync()
    {
        var (name, data) = ("", new List<string>());
        while (await _reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Length == 0 && name.Length > 0)
            {
                Take(name, data);
                return true;
            }

            name = line.StartsWith("event: ", StringComparison.Ordinal) ? line["event: ".Length..] : name;
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                data.Add(line["data: ".Length..]);
            }
        }

        return false;
    }

    /// <summary>Reads until a part holds a text.</summary>
    public async Task UntilAsync(string part, string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Parts.GetValueOrDefault(part, "").Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync().WaitAsync(deadline.Token), $"The stream has ended without \"{text}\".");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        await Task.CompletedTask;
    }

    private void Take(string name, List<string> data)
    {
        if (name == "part")
        {
            Parts[data[0]] = string.Join("\n", data.Skip(1));
        }
        else if (name == "end")
        {
            IsEnded = true;
        }
        else
        {
            Shown++;
        }
    }
}
