namespace DualDb.Generators.Parsing;

/// <summary>What can be wrong with a model. Behind each: the arguments of the problem, in order.</summary>
internal enum ProblemKind
{
    // The entity's declaration. Symbol: the type, or the type at fault where the arguments name another one.

    /// <summary>Type.</summary>
    NoKey,

    /// <summary>Type.</summary>
    BothDatabases,

    /// <summary>Type; the type that lacks <c>partial</c> (the same, or one around it).</summary>
    NotPartial,

    /// <summary>Type; the generic type (the same, or one around it).</summary>
    GenericType,

    /// <summary>Type.</summary>
    StaticType,

    /// <summary>Type.</summary>
    AbstractType,

    /// <summary>Type; why: <c>private</c>, <c>protected</c>, <c>private protected</c>, <c>file</c>; the type that is (the same, or one around it).</summary>
    InaccessibleType,

    /// <summary>
    /// Type; what is named: <c>table</c>, <c>schema</c>, <c>set</c>, <c>column</c>, <c>constraint</c> or <c>index</c>; the name, with escapes;
    /// why it cannot be used; the bearer: the type, or the type and the member. Symbol: the type or the member.
    /// </summary>
    InvalidName,

    /// <summary>Type; why.</summary>
    NoUsableConstructor,

    /// <summary>Type; the required member that is not mapped.</summary>
    RequiredMemberNotMapped,

    /// <summary>Type; the name of a generated type that the project already declares.</summary>
    GeneratedNameTaken,

    /// <summary>Type; set; what the root already uses the name for.</summary>
    SetNameReserved,

    /// <summary>Type; set; the other entity.</summary>
    DuplicateSetName,

    // Members. Symbol: the property, or the parameter of a positional record.

    /// <summary>Type; member; the member's type.</summary>
    UnsupportedMemberType,

    /// <summary>Type; member; the member's type; the PostgreSQL type asked for.</summary>
    UnsupportedColumnType,

    /// <summary>Type; member; the member's type, which the generated code cannot name.</summary>
    InaccessibleMemberType,

    /// <summary>Type; member.</summary>
    MemberCannotBeSet,

    /// <summary>Type; member.</summary>
    MemberCannotBeRead,

    /// <summary>Type; member. It is marked <c>[Obsolete(error: true)]</c>.</summary>
    MemberCannotBeUsed,

    /// <summary>Type; member; column; the other member.</summary>
    DuplicateColumn,

    /// <summary>Type; member; the first attribute; the second.</summary>
    ConflictingAttributes,

    /// <summary>Type; member; the attribute; the other member that carries it.</summary>
    DuplicateAttribute,

    /// <summary>Type; member; the method that would be generated twice; the other member.</summary>
    DuplicateLookup,

    // Keys.

    /// <summary>Type; member; the member's type.</summary>
    UnsupportedKeyType,

    /// <summary>Type; member; the member's type.</summary>
    UnsupportedGeneratedKeyType,

    /// <summary>Type; member.</summary>
    GeneratedCompositeKey,

    // References.

    /// <summary>Type; member; the target.</summary>
    ReferenceToNonEntity,

    /// <summary>Type; member; the member's type; the target; the type of the target's key.</summary>
    ReferenceToOtherKeyType,

    /// <summary>Type; member; the target.</summary>
    ReferenceToCompositeKey,

    // Views. Symbol: the view, or the property.

    /// <summary>View.</summary>
    ViewWithoutRoot,

    /// <summary>View; member; the member's type.</summary>
    ViewMemberType,

    /// <summary>View; member; the entity; the entities of the other members.</summary>
    ViewPathMissing,

    /// <summary>View; member; the paths.</summary>
    ViewPathAmbiguous,

    /// <summary>View; member; the paths; what they lead to; what to do.</summary>
    ViewPathCardinality,

    /// <summary>View; member; the name; the paths there are.</summary>
    ViaUnknown,

    /// <summary>View; member; the view that contains itself.</summary>
    ViewContainsItself,

    /// <summary>View; member; the attribute; why; what to do.</summary>
    ViewAnnotationRefused,

    /// <summary>View; member; the entity; the name.</summary>
    OrderByUnknown,

    /// <summary>View.</summary>
    ViewConstructor,

    /// <summary>View; member. The generated part declares it too. Symbol: the member.</summary>
    ViewMemberReserved,

    /// <summary>View; what else it is: <c>an entity</c> or <c>a root</c>.</summary>
    ViewIsMore,

    // Projections.

    /// <summary>Projection; why; what to do.</summary>
    ProjectionShape,

    /// <summary>Projection; the type that is no entity.</summary>
    ProjectionOfNonEntity,

    /// <summary>Projection; member; the entity. Symbol: the parameter or property.</summary>
    ProjectionMemberUnknown,

    /// <summary>Projection; member; its type; the entity's member; its type. Symbol: the parameter or property.</summary>
    ProjectionMemberType,

    // Columns with a meaning.

    /// <summary>Type; member; the member's type.</summary>
    VersionType,

    /// <summary>Type; member; the attribute; the member's type.</summary>
    TimestampType,

    /// <summary>Type; member; the member's type.</summary>
    SoftDeleteType,

    /// <summary>Type; member; the member's type.</summary>
    JsonbNeedsContext,

    /// <summary>Type; member; the context.</summary>
    JsonbNotAContext,

    /// <summary>Type; member; the member's type; the context.</summary>
    JsonbTypeNotListed,

    /// <summary>Type; member; the member's type.</summary>
    StoredAsTextNotEnum,

    // The root. Symbol: the class.

    /// <summary>Root; the other root.</summary>
    TwoRoots,

    /// <summary>Root.</summary>
    RootNotPartial,

    /// <summary>Root; why: <c>generic</c>, <c>static</c>, <c>abstract</c>, <c>a record</c>, <c>nested in another type</c>, <c>file-local</c> or <c>an entity</c>.</summary>
    RootShape,

    /// <summary>Root; set; the entity; what the root already uses the name for.</summary>
    RootMemberTaken,

    /// <summary>Root; member. The generated part declares it too. Symbol: the member.</summary>
    RootMemberReserved,

    /// <summary>Root. It declares a primary constructor, or its base class asks for constructor arguments.</summary>
    RootConstructor,

    // Events. Symbol: the type unless said otherwise.

    /// <summary>Event; why; what to do. Symbol: the type, or one around it.</summary>
    EventShape,

    /// <summary>Event; the member with its type; why; what to do. Symbol: the member, or the event.</summary>
    EventNotEncodable,

    /// <summary>Event; its name; what is wrong with that.</summary>
    EventName,

    /// <summary>Event; its version.</summary>
    EventVersion,

    /// <summary>Handler; the type that is no event.</summary>
    HandlerOfNonEvent,

    /// <summary>Handler; why; what to do.</summary>
    HandlerTarget,

    /// <summary>Handler; the option; its value; what is wrong with that; what to do.</summary>
    HandlerOption,

    // Sagas. Symbol: the type or the method unless said otherwise.

    /// <summary>Saga; why; what to do. Symbol: the type, or one around it.</summary>
    SagaShape,

    /// <summary>Saga; its name; what is wrong with that.</summary>
    SagaName,

    /// <summary>Saga; method; why; what to do.</summary>
    SagaStepShape,

    /// <summary>Saga; method; parameter; its type; why; what to do. Symbol: the parameter.</summary>
    SagaStepUnbound,

    /// <summary>Saga; method; parameter; its type; why; what to do. Symbol: the parameter.</summary>
    SagaCompensationUnbound,

    /// <summary>Saga; method; why; what to do.</summary>
    SagaCompensates,

    /// <summary>Saga; the value; why; what to do. Symbol: the member, the method or the saga.</summary>
    SagaNotEncodable,

    /// <summary>Saga; method; parameter; the step that returns it; when that runs.</summary>
    SagaNeedsLater,

    /// <summary>Saga; method.</summary>
    SagaBothTransactions,

    /// <summary>Saga; what has the option; the option; its value; its range.</summary>
    SagaOption,

    /// <summary>Saga; why; what to do.</summary>
    SagaConstructor,

    /// <summary>Saga; method; why; what to do.</summary>
    SagaResult,

    // Maps of the synchronisation. Symbol: what declares the map.

    /// <summary>Declaration; why; what to do.</summary>
    SyncShape,

    /// <summary>Declaration; why; what to do.</summary>
    SyncSameDatabase,

    /// <summary>Declaration; why; what to do.</summary>
    SyncKey,

    /// <summary>Declaration; the column that is copied; the one it is copied to; why; what to do.</summary>
    SyncType,

    /// <summary>Declaration; column; why; what to do.</summary>
    SyncUnfilled,

    /// <summary>Declaration; why; what to do.</summary>
    SyncNotInvertible,

    /// <summary>Declaration; why; what to do.</summary>
    SyncResolver,

    /// <summary>Declaration; why; what to do.</summary>
    SyncCounter,

    /// <summary>Declaration; why; what to do.</summary>
    SyncColumn,

    /// <summary>Declaration; its name; what is wrong with that.</summary>
    SyncName,

    // The project. Symbol: the assembly.

    /// <summary>The language version in use; the one needed.</summary>
    LanguageVersionTooOld,
}
