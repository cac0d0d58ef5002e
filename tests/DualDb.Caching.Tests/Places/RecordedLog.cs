using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DualDb.Caching.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _entries = [];

    public IReadOnlyList<string> Warnings => [.. _entries.Where(static entry => entry.Level >= LogLevel.Warning).Select(static entry => entry.Text)];

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _entries.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
