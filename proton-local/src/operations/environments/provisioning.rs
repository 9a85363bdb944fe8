//! With what means an environment is provisioned: a role, a connection to another account, or a repository.

use crate::fault::Fault;
use crate::operations::{connections, repositories};
use crate::records::Method;
use crate::store::Reader;
use proton_sdk::operation::create_environment::CreateEnvironmentInput;
use proton_sdk::operation::update_environment::UpdateEnvironmentInput;
use proton_sdk::types::{
    Environment, EnvironmentAccountConnection, EnvironmentAccountConnectionStatus, Provisioning, RepositoryBranch,
};

/// What provisions an environment.
#[derive(Debug, Default)]
pub(crate) struct Means {
    pub(crate) provisioning: Option<Provisioning>,
    pub(crate) proton_service_role_arn: Option<String>,
    pub(crate) codebuild_role_arn: Option<String>,
    pub(crate) component_role_arn: Option<String>,
    pub(crate) connection: Option<EnvironmentAccountConnection>,
    pub(crate) repository: Option<RepositoryBranch>,
}

/// The means that a new environment asks for, checked against what its template needs.
///
/// # Errors
/// Means that the template does not take, or none; a connection or repository that is absent or not this environment's.
pub(crate) fn of_new(reader: &Reader<'_>, input: &CreateEnvironmentInput, method: Method) -> Result<Means, Fault> {
    let given = Given {
        service_role: input.proton_service_role_arn.is_some(),
        codebuild_role: input.codebuild_role_arn.is_some(),
        component_role: input.component_role_arn.is_some(),
        connection: input.environment_account_connection_id.is_some(),
        repository: input.provisioning_repository.is_some(),
    };
    given.check(method)?;
    let connection = match &input.environment_account_connection_id {
        Some(id) => Some(connected(reader, id, input.name.as_deref().unwrap_or_default())?),
        None => None,
    };
    if let (Some(connection), Method::CodeBuild) = (&connection, method)
        && connection.codebuild_role_arn.is_none()
    {
        return Err(Fault::validation(format!(
            "{} has no codebuildRoleArn, which this template needs.",
            connection.arn
        )));
    }
    Ok(Means {
        provisioning: (method == Method::CustomerManaged).then_some(Provisioning::CustomerManaged),
        proton_service_role_arn: input.proton_service_role_arn.clone(),
        codebuild_role_arn: input.codebuild_role_arn.clone(),
        component_role_arn: input.component_role_arn.clone(),
        repository: input
            .provisioning_repository
            .clone()
            .map(|branch| repositories::branch(reader, branch))
            .transpose()?,
        connection,
    })
}

/// Changes the means of an environment; which kind of means it has stays as it was.
///
/// # Errors
/// Means of another kind; a connection to another account; a connection or repository that is absent.
pub(crate) fn update(
    reader: &Reader<'_>,
    environment: &mut Environment,
    input: &UpdateEnvironmentInput,
    method: Option<Method>,
) -> Result<(), Fault> {
    let refuse = |member: &str, why: &str| Err(Fault::validation(format!("{member} cannot be set: {why}.")));
    if input.proton_service_role_arn.is_some() && input.environment_account_connection_id.is_some() {
        return refuse("protonServiceRoleArn", "a connection is given as well, and only one of them may be");
    }
    if environment.environment_account_connection_id.is_some() {
        if input.proton_service_role_arn.is_some() {
            return refuse("protonServiceRoleArn", "the environment is provisioned through an account connection");
        }
        if input.provisioning_repository.is_some() {
            return refuse("provisioningRepository", "the environment is provisioned through an account connection");
        }
    } else if input.environment_account_connection_id.is_some() {
        return refuse("environmentAccountConnectionId", "the environment is not provisioned through a connection");
    }
    let roles = [
        ("protonServiceRoleArn", &input.proton_service_role_arn),
        ("codebuildRoleArn", &input.codebuild_role_arn),
        ("componentRoleArn", &input.component_role_arn),
    ];
    if environment.provisioning_repository.is_some() {
        if let Some((member, _)) = roles.iter().find(|(_, role)| role.is_some()) {
            return refuse(member, "the environment is self-managed, through its repository");
        }
    } else if input.provisioning_repository.is_some() {
        return refuse("provisioningRepository", "the environment is not self-managed");
    }
    if let Some(id) = &input.environment_account_connection_id {
        let connection = connected(reader, id, &environment.name)?;
        if Some(&connection.environment_account_id) != environment.environment_account_id.as_ref() {
            return refuse(
                "environmentAccountConnectionId",
                "it is of another environment account than the present one",
            );
        }
        environment.environment_account_connection_id = Some(connection.id);
    }
    if let Some(branch) = &input.provisioning_repository {
        environment.provisioning_repository = Some(repositories::branch(reader, branch.clone())?);
    }
    let fields = [
        &mut environment.proton_service_role_arn,
        &mut environment.codebuild_role_arn,
        &mut environment.component_role_arn,
    ];
    for (field, (_, role)) in fields.into_iter().zip(roles) {
        if role.is_some() {
            field.clone_from(role);
        }
    }
    match method {
        Some(method) => Given::of(environment).check(method),
        None => Ok(()),
    }
}

/// Which means a request gives.
struct Given {
    service_role: bool,
    codebuild_role: bool,
    component_role: bool,
    connection: bool,
    repository: bool,
}

impl Given {
    fn of(environment: &Environment) -> Self {
        Self {
            service_role: environment.proton_service_role_arn.is_some(),
            codebuild_role: environment.codebuild_role_arn.is_some(),
            component_role: environment.component_role_arn.is_some(),
            connection: environment.environment_account_connection_id.is_some(),
            repository: environment.provisioning_repository.is_some(),
        }
    }

    fn check(&self, method: Method) -> Result<(), Fault> {
        let fault = |message: &str| Err(Fault::validation(message));
        let Self { service_role, codebuild_role, component_role, connection, repository } = *self;
        match method {
            Method::CustomerManaged if service_role || codebuild_role || connection || repository => {
                fault("A customer-managed environment takes no role, connection or repository: nothing is provisioned.")
            }
            Method::CustomerManaged => Ok(()),
            Method::CloudFormation if repository => {
                fault("provisioningRepository is for Terraform templates; this template is CloudFormation.")
            }
            Method::CloudFormation if service_role == connection => fault(
                "A CloudFormation environment needs either protonServiceRoleArn or environmentAccountConnectionId.",
            ),
            Method::CloudFormation => Ok(()),
            Method::CodeBuild if repository => {
                fault("provisioningRepository is for Terraform templates; this template is provisioned by CodeBuild.")
            }
            Method::CodeBuild if codebuild_role == connection => {
                fault("A CodeBuild environment needs either codebuildRoleArn or environmentAccountConnectionId.")
            }
            Method::CodeBuild => Ok(()),
            Method::Terraform if service_role || codebuild_role || component_role || connection => fault(
                "A Terraform environment is self-managed: it takes provisioningRepository, no role or connection.",
            ),
            Method::Terraform if !repository => fault("A Terraform environment needs provisioningRepository."),
            Method::Terraform => Ok(()),
        }
    }
}

fn connected(reader: &Reader<'_>, id: &str, environment: &str) -> Result<EnvironmentAccountConnection, Fault> {
    let connection = connections::find(reader, id)?.connection;
    if connection.management_account_id != reader.caller().account {
        return Err(Fault::not_found("environment account connection", &connection.arn));
    }
    if connection.status != EnvironmentAccountConnectionStatus::Connected {
        let (arn, status) = (&connection.arn, &connection.status);
        return Err(Fault::validation(format!("{arn} is {status}; accept it first.")));
    }
    if connection.environment_name != environment {
        let (arn, name) = (&connection.arn, &connection.environment_name);
        return Err(Fault::validation(format!("{arn} is for an environment named {name}, not {environment}.")));
    }
    Ok(connection)
}
