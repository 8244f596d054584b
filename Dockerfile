# One image for the web server, the workers, the beat and the migrations; docker-compose.yml gives each its command.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements-image.lock .
# Wheels alone and every one of them hashed: nothing is compiled and nothing unknown is installed.
RUN /opt/venv/bin/pip install --no-deps --require-hashes --only-binary :all: -r requirements-image.lock

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN groupadd --system --gid 10001 portal && useradd --system --uid 10001 --gid portal --no-create-home portal
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY manage.py pyproject.toml ./
COPY static static
COPY templates templates
COPY orcs_portal orcs_portal
COPY providers providers
COPY caseloads caseloads
COPY compliance compliance
# The values serve this one command, which opens no connection; a running container gets its own from the environment.
RUN DATABASE_URL=postgres://build:build@localhost:5432/build \
    REDIS_URL=redis://localhost:6379/0 \
    SECRET_KEY=used-while-the-image-is-built-and-never-again-0123456789 \
    ALLOWED_HOSTS=localhost \
    PUBLIC_BASE_URL=https://localhost \
    EMAIL_URL=smtp+tls://build:build@localhost:587 \
    python manage.py collectstatic --noinput
USER portal
EXPOSE 8000
CMD ["gunicorn", "orcs_portal.wsgi:application", "--bind", "0.0.0.0:8000"]
