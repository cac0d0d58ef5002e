namespace DualDb.Connections.Parsing;

/// <summary>
/// What is wrong with a connection string, as a sentence without the string itself: it would carry the password, also into logs
/// that print inner exceptions, so none is ever attached.
/// </summary>
/// <param name="reason">The fault and the next step, without any secret.</param>
internal sealed class ConnectionStringException(string reason) : Exception(reason);
