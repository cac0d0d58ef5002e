using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>Logs, and lets nobody end by it: a sink may be full, and an exception that cannot describe itself fails in whoever writes it down.</summary>
internal sealed class CalmLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is nobody left to tell.
        }
    }
}
