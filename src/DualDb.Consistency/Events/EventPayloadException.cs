using System.Globalization;

namespace DualDb.Consistency.Events;

/// <summary>A stored event cannot be read: its name or version is unknown, or its payload is none of its type. It is parked, and can be edited and replayed.</summary>
/// <param name="message">Which event, what is wrong, and the next step; never the payload.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class EventPayloadException(string message, Exception? innerException = null) : DualDbException(message, innerException)
{
    internal static EventPayloadException Unknown(PublishedEvent published)
        => new($"The event {published.Id} in {published.Source} is called '{published.Name}', and no event of this application is. It goes on by itself once a node that knows the name runs.") { Database = published.Source };

    internal static EventPayloadException OtherVersion(PublishedEvent published, Type type, int known)
        => new(string.Create(
            CultureInfo.InvariantCulture,
            $"The event {published.Id} ('{published.Name}') in {published.Source} has a payload of version {published.Version}, and {type.Name} reads {known}. ")
            + (published.Version > known ? "Update this application, then replay it." : $"Let {type.Name} implement IUpgradableEvent<{type.Name}>, then replay it.")) { Database = published.Source };

    internal static EventPayloadException Malformed(PublishedEvent published, Type type, Exception cause)
        => new($"The payload of the event {published.Id} ('{published.Name}') in {published.Source} is no {type.Name}: {cause.Message} Correct it with DeadLetters.EditAsync, then replay it.", cause) { Database = published.Source };
}
